"""What people take upon themselves and offer: claims, keepers of places, registrations, talents, signs, memberships."""
