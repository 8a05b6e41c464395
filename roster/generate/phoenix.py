def add(path, actors, offices, add):
    pass
