"""Territory: divisions, communities, grids, buildings and entrances; where is this point?"""
