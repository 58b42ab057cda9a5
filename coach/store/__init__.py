"""What is kept: SQLite, migrations, history, search, backups."""
