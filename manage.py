"""The command line for those who look for manage.py; the same as the command `mulin`."""

from mulin.config.cli import main

if __name__ == "__main__":
    main()
