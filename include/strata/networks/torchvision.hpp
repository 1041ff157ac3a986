#pragma once
/// The name maps with which the networks load torchvision's weights, saved as safetensors:
///
///   strata::model<strata::networks::resnet50<>> net;
///   net.load("resnet50.safetensors", strata::networks::torchvision::resnet50());
///
/// alexnet and vgg have torchvision's names already. Tested with torchvision 0.14.
#include <strata/model/files/name_map.hpp>

#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::networks::torchvision {

namespace detail {

using entries = std::vector<name_map::entry>;

/// All tensors that begin so, there and here.
inline void rename(entries& to, const std::string& there, const std::string& here) {
    to.push_back({there + ".*", here + ".*"});
}
/// convolutions: in a block. Each has its norm behind it, and a relu between two.
inline name_map residual_names(std::initializer_list<int> blocks, int convolutions) {
    entries names;
    int stage = 0;
    for (const int count : blocks) {
        const std::string layer = "layer" + std::to_string(++stage) + ".";
        for (int block = 0; block < count; ++block) {
            const std::string there = layer + std::to_string(block),
                              here = block == 0 ? layer + "0.0" : layer + "1." + std::to_string(block - 1) + ".0";
            for (int k = 0; k < convolutions; ++k) {
                rename(names, there + ".conv" + std::to_string(k + 1), here + ".body." + std::to_string(3 * k));
                rename(names, there + ".bn" + std::to_string(k + 1), here + ".body." + std::to_string(3 * k + 1));
            }
            if (block == 0 && (stage > 1 || convolutions == 3))
                rename(names, there + ".downsample", here + ".shortcut");
        }
    }
    return name_map(std::move(names));
}
inline name_map fire_names(std::initializer_list<int> positions) {
    entries names;
    for (const int p : positions) {
        const std::string fire = "features." + std::to_string(p);
        rename(names, fire + ".expand1x1", fire + ".expand.0.0");
        rename(names, fire + ".expand3x3", fire + ".expand.1.0");
    }
    return name_map(std::move(names));
}

} // namespace detail

inline name_map resnet18() { return detail::residual_names({2, 2, 2, 2}, 2); }
inline name_map resnet34() { return detail::residual_names({3, 4, 6, 3}, 2); }
inline name_map resnet50() { return detail::residual_names({3, 4, 6, 3}, 3); }
inline name_map resnet101() { return detail::residual_names({3, 4, 23, 3}, 3); }
inline name_map resnet152() { return detail::residual_names({3, 8, 36, 3}, 3); }

inline name_map squeezenet1_0() { return detail::fire_names({3, 4, 5, 7, 8, 9, 10, 12}); }
inline name_map squeezenet1_1() { return detail::fire_names({3, 4, 6, 7, 9, 10, 11, 12}); }

inline name_map googlenet() {
    detail::entries names;
    const auto one = [&](const std::string& there, const std::string& here) {
        detail::rename(names, there + ".conv", here + ".0"), detail::rename(names, there + ".bn", here + ".1");
    };
    for (const char* const c : {"conv1", "conv2", "conv3"}) one(c, c);
    for (const char* const m : {"3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"}) {
        const std::string module = std::string("inception") + m;
        one(module + ".branch1", module + ".0");
        for (const char* const branch : {"2", "3"})
            for (const char* const c : {"0", "1"})
                one(module + ".branch" + branch + "." + c, module + "." + char(branch[0] - 1) + "." + c);
        one(module + ".branch4.1", module + ".3.1");
    }
    names.push_back({"aux1.*", ""}), names.push_back({"aux2.*", ""});
    return name_map(std::move(names));
}

inline name_map densenet121() {
    detail::entries names;
    for (const char* const whole : {"conv0", "norm0", "norm5"})
        detail::rename(names, std::string("features.") + whole, whole);
    int block = 0;
    for (const int layers : {6, 12, 24, 16}) {
        const std::string number = std::to_string(++block);
        for (int k = 0; k < layers; ++k) {
            const std::string there = "features.denseblock" + number + ".denselayer" + std::to_string(k + 1) + ".",
                              here = "denseblock" + number + "." + std::to_string(k) + ".1.";
            detail::rename(names, there + "norm1", here + "0"), detail::rename(names, there + "conv1", here + "2");
            detail::rename(names, there + "norm2", here + "3"), detail::rename(names, there + "conv2", here + "5");
        }
        if (block == 4) break;
        const std::string there = "features.transition" + number, here = "transition" + number;
        detail::rename(names, there + ".norm", here + ".0"), detail::rename(names, there + ".conv", here + ".2");
    }
    return name_map(std::move(names));
}

inline name_map mobilenet_v2() {
    detail::entries names;
    for (const char* const ends : {"0", "18"}) // a convolution and its norm there, as here
        for (const char* const part : {"0", "1"}) {
            const std::string name = std::string("features.") + ends + "." + part;
            detail::rename(names, name, name);
        }
    // features.1: conv.0.0, conv.0.1, conv.1, conv.2;  the others: conv.0.0 and .1, conv.1.0 and .1, conv.2, conv.3
    for (int block = 1; block <= 17; ++block) {
        const std::string there = "features." + std::to_string(block) + ".conv.",
                          here = "features." + std::to_string(block) + (block == 1 ? ".0." : ".body.");
        const int widened = block == 1 ? 1 : 2;
        for (int k = 0; k < widened; ++k)
            for (int part = 0; part < 2; ++part)
                detail::rename(names, there + std::to_string(k) + "." + std::to_string(part),
                               here + std::to_string(3 * k + part));
        for (int part = 0; part < 2; ++part)
            detail::rename(names, there + std::to_string(widened + part), here + std::to_string(3 * widened + part));
    }
    return name_map(std::move(names));
}

inline name_map efficientnet_b0() {
    detail::entries names;
    const auto part = [&](const std::string& there, const std::string& here) { detail::rename(names, there, here); };
    const std::string first = "features.1.0.";
    part(first + "block.0.0", first + "body.0.0"), part(first + "block.0.1", first + "body.0.1");
    part(first + "block.1", first + "body.1");
    part(first + "block.2.0", first + "body.2"), part(first + "block.2.1", first + "body.3");
    const int blocks[] = {2, 2, 3, 3, 4, 1};
    for (int stage = 0; stage < 6; ++stage)
        for (int block = 0; block < blocks[stage]; ++block) {
            const std::string place = "features." + std::to_string(stage + 2) + "." + std::to_string(block) + ".";
            const std::string there = place + "block.", here = place + "body.0.";
            part(there + "0.0", here + "0"), part(there + "0.1", here + "1");
            part(there + "1.0", here + "3.0"), part(there + "1.1", here + "3.1");
            part(there + "2", here + "4");
            part(there + "3.0", here + "5"), part(there + "3.1", here + "6");
        }
    return name_map(std::move(names));
}

inline name_map convnext_tiny() {
    detail::entries names;
    const int stages[] = {1, 3, 5, 7}, blocks[] = {3, 3, 9, 3};
    for (int stage = 0; stage < 4; ++stage)
        for (int block = 0; block < blocks[stage]; ++block) {
            const std::string place = "features." + std::to_string(stages[stage]) + "." + std::to_string(block) + ".";
            for (const auto& [there, here] : {std::pair{"block.0", "body.0"}, std::pair{"block.2", "body.1"},
                                              std::pair{"block.3", "body.2"}, std::pair{"block.5", "body.4"}})
                detail::rename(names, place + there, place + here);
            names.push_back({place + "layer_scale", place + "body.5.weight"});
        }
    detail::rename(names, "classifier.2", "classifier.1");
    return name_map(std::move(names));
}

} // namespace strata::inline STRATA_ABI::networks::torchvision
