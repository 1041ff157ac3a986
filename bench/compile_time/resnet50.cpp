#include "resnet.hpp"

struct resnet50 : resnet::of_depth<3, 4, 6, 3> {};
static_assert(strata::parameter_count<resnet50> == 25'557'032);

int main() { return train_once<resnet50>() > 0 ? 0 : 1; }
