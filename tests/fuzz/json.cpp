/// Inputs: a byte that says what is expected, then a text.
#include "fuzz_file.hpp"

#include <strata/io/text/json.hpp>

using namespace strata_fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] % 5 == 4) { // a text survives the way out and back
        if (strata::io::find_invalid_utf8(text) != std::string_view::npos) return 0;
        const std::string json = strata::io::json_string(text);
        demand(strata::io::json_reader(json, "a text", 0).string() == text);
        return 0;
    }
    read_or_refuse("a text", size, [&] {
        strata::io::json_reader json(text, "a text", 0);
        switch (data[0] % 5) {
        case 0: // an object of texts
            for (bool more = json.open('{', '}'); more; more = json.more('}')) {
                (void)json.string();
                json.expect(':');
                demand(strata::io::find_invalid_utf8(json.string()) == std::string_view::npos);
            }
            break;
        case 1: // an array of integers
            for (bool more = json.open('[', ']'); more; more = json.more(']')) demand(json.integer() >= 0);
            break;
        case 2: // an object of arrays
            for (bool more = json.open('{', '}'); more; more = json.more('}')) {
                (void)json.string();
                json.expect(':');
                for (bool also = json.open('[', ']'); also; also = json.more(']')) demand(json.integer() >= 0);
            }
            break;
        default: (void)json.string();
        }
        demand(json.position() <= text.size());
        if (!json.at_end()) json.fail({"something follows."});
        if (!json.wrong().empty()) strata::raise<strata::file_error>(json.wrong());
    });
    return 0;
}
