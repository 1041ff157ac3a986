#include "equal_layers.hpp"

int main() { return train_once<100>() > 0 ? 0 : 1; }
