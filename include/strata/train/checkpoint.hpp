#pragma once
/// Checkpoints: everything that a training run is, in one safetensors file, so that a run killed at any moment and resumed ends
/// with the same bits as one that was never interrupted.
///   fit(train, held_out, {.epochs = 10, .checkpoints = {.folder = "run", .resume = true}});
/// Files are written whole or not at all; the newest `keep` stay. Names: parameters.<name>, buffers.<name>, optimiser.<slot>.<name>,
/// with the conventional shapes; the rest stands in the metadata.
/// Errors   file_error where a file is damaged, of another network or optimiser, or of a newer version; nothing is loaded then
#include <strata/model/model_file.hpp>
#include <strata/model/parameter_access.hpp>
#include <strata/train/checkpoint_options.hpp>
#include <strata/train/run_state.hpp>

namespace strata::inline v0_1::detail {

/// Numbers of a run, laid out like the parameter block or the buffer block: a part of its checkpoint.
template <class Memory>
struct checkpoint_part {
    std::string prefix;
    Memory* memory;
    long long base;
    storage where; ///< parameter or buffer
};

/// The parts of a run and their tensors in files.
template <class Learner>
class checkpoint {
    using number = typename Learner::number;
    using memory = typename Learner::memory;
    using words = description<typename Learner::network>;
    using plan = typename Learner::training_plan;

  public:
    explicit checkpoint(Learner& l) : learner_(&l) {
        add("parameters.", l.net().parameter_memory(), storage::parameter);
        add("buffers.", l.net().buffer_memory(), storage::buffer);
        for (int slot = 0; slot < Learner::slots; ++slot)
            add(sentence({"optimiser.", slot, "."}), l.state(), storage::parameter, slot * plan::data.sizes.parameters);
    }
    /// More numbers of the run: an average of the parameters, the best so far.
    void add(std::string prefix, memory& m, storage where, long long base = 0) { parts_.push_back({std::move(prefix), &m, base, where}); }

    /// Errors   file_error from io::write_file
    [[gnu::cold, gnu::noinline]] void save(const std::string& path, const run_state& s) const {
        std::vector<std::vector<number>> copies;
        std::vector<io::tensor_view> tensors;
        each([&](const checkpoint_part<memory>& part, int i, const parameter_info& p) {
            copies.emplace_back(static_cast<std::size_t>(p.extents.size()));
            read_parameter(*part.memory, part.base, p, copies.back().data());
            tensors.push_back(io::view_of(sentence({part.prefix, words::name(i)}), extents_of(p.extents),
                                          std::span<const number>(copies.back())));
        });
        write_checkpoint_file(path, tensors, s, words::network_spelling(), Learner::optimiser_words());
    }

    /// Reads a run, all or nothing; `accept` may refuse it, before any number is written.
    template <class Accept>
    [[gnu::cold, gnu::noinline]] run_state load(const std::string& path, Accept accept) {
        const auto file = io::read_safetensors(path);
        const run_state s = read_run_state(file.metadata, path, words::network_spelling(), Learner::optimiser_words());
        struct found {
            const checkpoint_part<memory>* part;
            const parameter_info* p;
            block<number> numbers;
        };
        std::vector<found> all;
        std::string differences;
        each([&](const checkpoint_part<memory>& part, int i, const parameter_info& p) {
            const std::string name = sentence({part.prefix, words::name(i)});
            const auto t = std::find_if(file.tensors.begin(), file.tensors.end(), [&](const io::tensor_view& v) { return v.name == name; });
            if (t == file.tensors.end()) differences += sentence({"\n  ", name, ": not in the file"});
            else if (t->shape != extents_of(p.extents))
                differences += sentence({"\n  ", name, ": ", words_of_extents(t->shape), " in the file, ",
                                         words_of_extents(extents_of(p.extents)), " in the network"});
            else {
                std::vector<number> elements(t->size());
                io::copy_numbers(*t, std::span<number>(elements));
                all.push_back({&part, &p, laid_out(p, elements.data())});
            }
        });
        if (!differences.empty())
            raise<file_error>(sentence({"strata: ", path, " does not hold this run, and nothing was loaded. The differences:", differences,
                                        "\nRemove it to go on from the one before, or begin in another folder."}));
        accept(s);
        for (const found& f : all) f.part->memory->write(f.part->base + f.p->offset, f.p->elements, f.numbers.data());
        learner_->set_steps(s.steps);
        return s;
    }

  private:
    template <class Visit>
    void each(Visit visit) const {
        for (const auto& part : parts_)
            for (int i = 0; i < plan::parameters; ++i)
                if (plan::data.parameters[i].where == part.where) visit(part, i, plan::data.parameters[i]);
    }
    Learner* learner_;
    std::vector<checkpoint_part<memory>> parts_;
};

} // namespace strata::inline v0_1::detail
