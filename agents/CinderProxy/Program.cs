// The agent itself is not wired yet: Parent/Database is its first room.
return 0;
