/// How many parameters the networks of the literature have; torchvision's own counts, and the papers' for CIFAR.
#include "catch.hpp"

#include <strata/networks.hpp>
#include <strata/plan/facts.hpp>

using namespace strata::networks;

namespace {

/// How many operations make means of windows.
template <class Net>
int poolings() {
    const strata::graph g = strata::core::build<Net>(strata::core::request{});
    int found = 0;
    for (const auto& o : g.operations)
        found +=
            o.k.kind == strata::operations::adaptive_avg_pool::kind || o.k.kind == strata::operations::avg_pool::kind;
    return found;
}

} // namespace

TEST_CASE("each network has the literature's number of parameters") {
    STATIC_REQUIRE(strata::parameter_count<alexnet<>> == 61'100'840);
    STATIC_REQUIRE(strata::parameter_count<vgg11<>> == 132'863'336);
    STATIC_REQUIRE(strata::parameter_count<vgg16<>> == 138'357'544);
    STATIC_REQUIRE(strata::parameter_count<vgg19<>> == 143'667'240);
    STATIC_REQUIRE(strata::parameter_count<squeezenet1_0<>> == 1'248'424);
    STATIC_REQUIRE(strata::parameter_count<squeezenet1_1<>> == 1'235'496);
    STATIC_REQUIRE(strata::parameter_count<googlenet<>> == 6'624'904);
    STATIC_REQUIRE(strata::parameter_count<resnet18<>> == 11'689'512);
    STATIC_REQUIRE(strata::parameter_count<resnet34<>> == 21'797'672);
    STATIC_REQUIRE(strata::parameter_count<resnet50<>> == 25'557'032);
    STATIC_REQUIRE(strata::parameter_count<resnet101<>> == 44'549'160);
    STATIC_REQUIRE(strata::parameter_count<resnet152<>> == 60'192'808);
    STATIC_REQUIRE(strata::parameter_count<resnet20<>> == 272'474);
    STATIC_REQUIRE(strata::parameter_count<resnet32<>> == 466'906);
    STATIC_REQUIRE(strata::parameter_count<resnet44<>> == 661'338);
    STATIC_REQUIRE(strata::parameter_count<resnet56<>> == 855'770);
    STATIC_REQUIRE(strata::parameter_count<resnet110<>> == 1'730'714);
    STATIC_REQUIRE(strata::parameter_count<densenet121<>> == 7'978'856);
    STATIC_REQUIRE(strata::parameter_count<efficientnet_b0<>> == 5'288'548);
    STATIC_REQUIRE(strata::parameter_count<convnext_tiny<>> == 28'589'128);
    STATIC_REQUIRE(strata::parameter_count<mobilenet_v2<>> == 3'504'872);
    STATIC_REQUIRE(strata::parameter_count<unet<>> == 31'030'658);
    STATIC_REQUIRE(strata::output_shape<unet<>> == strata::shape(2, 388, 388));
    STATIC_REQUIRE(strata::parameter_count<unet<1>> == 31'030'593);
    STATIC_REQUIRE(strata::parameter_count<unet<2, 3>> == 31'031'810);
    STATIC_REQUIRE(strata::output_shape<unet<2, 1, 188>> == strata::shape(2, 4, 4));
    STATIC_REQUIRE(strata::parameter_count<unet_same<2, strata::image<3, 64, 64>, 64, 4>> == 31'037'698);
    STATIC_REQUIRE(strata::output_shape<unet_same<>> == strata::shape(2, 128, 128));
    STATIC_REQUIRE(strata::parameter_count<dcgan_generator<>> == 3'576'704);
    STATIC_REQUIRE(strata::parameter_count<dcgan_discriminator<>> == 2'765'568);
    STATIC_REQUIRE(strata::parameter_count<dcgan_generator<1>> == 3'574'656);
    STATIC_REQUIRE(strata::parameter_count<dcgan_discriminator<1>> == 2'763'520);
    STATIC_REQUIRE(strata::output_shape<dcgan_generator<>> == strata::shape(3, 64, 64));
    STATIC_REQUIRE(strata::output_shape<dcgan_discriminator<>> == strata::shape(1));
    STATIC_REQUIRE(strata::parameter_count<autoencoder<>> == 222'384);
}

TEST_CASE("AlexNet and VGG pool to torchvision's sizes, whatever the image's, and not at all at 224 x 224") {
    STATIC_REQUIRE(strata::parameter_count<alexnet<1000, strata::image<3, 300, 256>>> == 61'100'840);
    STATIC_REQUIRE(strata::parameter_count<alexnet<1000, strata::image<3, 64, 64>>> == 61'100'840);
    STATIC_REQUIRE(strata::parameter_count<vgg11<1000, strata::image<3, 32, 32>>> == 132'863'336);
    STATIC_REQUIRE(strata::parameter_count<vgg16<1000, strata::image<3, 256, 300>>> == 138'357'544);
    STATIC_REQUIRE(strata::parameter_count<vgg19<1000, strata::image<3, 96, 96>>> == 143'667'240);
    CHECK(poolings<alexnet<>>() == 0);
    CHECK(poolings<vgg11<>>() == 0);
    CHECK(poolings<vgg11<1000, strata::image<3, 256, 256>>>() == 1);
}
