/// Inputs: a byte, then a file as it is (an even byte) or a header, a zero byte and the data (odd). What is
/// read must cover the data, and is offered to a model.
#include "fuzz_file.hpp"

#include <strata/files.hpp>
#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

#include <vector>

using namespace strata_fuzz;

namespace {

struct small : strata::network<strata::features<2>, strata::dense<2>> {};
using model = strata::model<small, strata::reference>;

std::vector<float> numbers_of(const model& net) {
    std::vector<float> all(6);
    net.get(0, all.data()), net.get(1, all.data() + 4);
    return all;
}

void look_at(const strata::io::tensor_file& file) {
    std::size_t covered = 0;
    for (const auto& t : file.tensors) {
        covered += t.bytes.size();
        demand(t.bytes.data() >= file.content[0].data()
               && t.bytes.data() + t.bytes.size() <= file.content[0].data() + file.content[0].size());
        demand(file.find(t.name) == &t);
        try {
            if (strata::detail::holds_numbers(t)) demand(strata::io::as_doubles(t).size() == t.size());
            else demand(strata::io::as_integers(t).size() == t.size());
        } catch (const strata::file_error&) { // a truth value of 2
        }
    }
    demand(covered == file.content[0].size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static fuzz_file file;
    const bytes input(data + 1, size - 1);
    if (data[0] % 2 != 0) file.hold(with_length(input));
    else file.hold(input);
    if (!read_or_refuse(file.path(), size, [] { look_at(strata::io::read_safetensors(file.path())); })) return 0;
    static model net;
    static const strata::name_map names{
        {"a*", "0.*"}, {"w", "0.weight", {1, 0}}, {"v", "0.weight", {2, 0, 1}, {2, 1, 2}}, {"left", ""}};
    const auto before = numbers_of(net);
    const auto same = [&] {
        const auto now = numbers_of(net);
        return std::memcmp(now.data(), before.data(), 6 * sizeof(float)) == 0;
    };
    if (!read_or_refuse(file.path(), size, [] { net.load(file.path()); })) demand(same());
    if (std::getenv("STRATA_FUZZ_ACCEPT") != nullptr) return 0;
    // From memory the same, and without an exception.
    const auto content = strata::io::read_file(file.path());
    const std::span<const std::byte> in_memory(content.data(), content.size());
    model from_file, from_memory;
    const strata::load_result first = from_file.try_load(file.path()), second = from_memory.try_load(in_memory);
    demand(static_cast<bool>(first) == static_cast<bool>(second));
    if (!second) demand(second.error().find("the file in memory") != std::string::npos);
    (void)read_or_refuse("the file in memory", size, [&] { (void)from_memory.take(in_memory, names); });
    (void)read_or_refuse(file.path(), size, [&] { (void)from_memory.take(file.path()); });
    if (!read_or_refuse(file.path(), size, [] {
            model other;
            other.load(file.path(), names);
        }))
        return 0;
    return 0;
}
