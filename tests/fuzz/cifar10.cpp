/// Inputs: a byte, then one file: the training part (an even byte), or the test part (odd).
#include "fuzz_file.hpp"

#include <strata/data/readers/cifar10.hpp>

using namespace strata_fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static fuzz_file train, test;
    static const fuzz_folder folder = [] {
        fuzz_folder made;
        made.name(train, "data_batch_1.bin");
        made.name(test, "test_batch.bin");
        return made;
    }();
    static const std::basic_string<std::uint8_t> whole(3073, 7);
    const bytes input(data + 1, size - 1);
    train.hold(data[0] % 2 == 0 ? input : bytes(whole));
    test.hold(data[0] % 2 == 0 ? bytes(whole) : input);
    read_or_refuse(folder.path(), size, [] {
        const auto streamed = strata::data::cifar10_streamed(folder.path());
        const auto all = strata::data::cifar10(folder.path());
        demand(all.train.size() == streamed.train.size() && all.train.size() > 0 && all.test.size() > 0);
        for (std::size_t i = 0; i < all.train.size(); ++i) demand(all.train.label(i) == streamed.train.label(i));
    });
    return 0;
}
