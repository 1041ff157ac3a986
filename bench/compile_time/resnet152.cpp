#include "resnet.hpp"

struct resnet152 : resnet::of_depth<3, 8, 36, 3> {};
static_assert(strata::parameter_count<resnet152> == 60'192'808);

int main() { return train_once<resnet152>() > 0 ? 0 : 1; }
