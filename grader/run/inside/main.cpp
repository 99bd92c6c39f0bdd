/// Nobody calls it. A submitted main() collides with this one, as it does with the exercise's when
/// `pset3 run` links it: the linker's message names both.
int main() { return 1; }
