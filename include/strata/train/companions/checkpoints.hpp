#pragma once
/// checkpoints — saves the whole state of a fit, so that a killed run can be resumed to the same bits.
///
///   trainer.fit(train, held_out, {.epochs = 10}, strata::checkpoints{.folder = "run", .resume = true});
///
/// A first Ctrl-C or SIGTERM (fit_options::stop_signals) ends such a fit after its step, with a checkpoint. Files are
/// safetensors, written whole or not at all; the newest `keep` remain. Names: parameters.<name>, buffers.<name>,
/// optimiser.<slot>.<name>, with the conventional shapes; the rest is metadata.
/// Errors   file_error where a file is damaged, of another network or optimiser, or of a newer version; nothing is
///          loaded then
#include <strata/model/files/model_file.hpp>
#include <strata/model/parameter_access.hpp>
#include <strata/plan/weights/trainable_runs.hpp>
#include <strata/run/all_finite.hpp>
#include <strata/train/companions/call_hook.hpp>
#include <strata/train/companions/rates_csv.hpp>
#include <strata/train/companions/run_state.hpp>
#include <strata/train/fit/fit_run.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// Numbers of a run: a part of its checkpoint.
template <class Memory>
struct checkpoint_part {
    std::string prefix;
    Memory* memory;
    long long base;
    core::storage where;     ///< laid out like the block of the parameters, or of the buffers,
    bool of_trained = false; ///< or an optimiser's slot, which has the trained parameters only
};

/// The parts of a run and their tensors in files.
template <class Learner>
class checkpoint_file {
    using number = typename Learner::number;
    using memory = typename Learner::memory;
    using words = description<typename Learner::network>;
    using plan = typename Learner::training_plan;

  public:
    explicit checkpoint_file(Learner& l) : learner_(&l) {
        add("parameters.", l.net().parameter_memory(), core::storage::parameter);
        add("buffers.", l.net().buffer_memory(), core::storage::buffer);
        for (int slot = 0; slot < Learner::states; ++slot)
            parts_.push_back({sentence({"optimiser.", slot, "."}), &l.state(), slot * Learner::state_size,
                              core::storage::parameter, true});
    }
    /// More numbers of the run: an average of the parameters, the best so far.
    void add(std::string prefix, memory& m, core::storage where) {
        parts_.push_back({std::move(prefix), &m, 0, where});
    }

    /// Errors   not_finite_error, naming step and tensor, where a number of the run is not finite: nothing is written,
    ///          nothing removed; file_error from io::write_file
    [[gnu::cold, gnu::noinline]] void save(const std::string& path, const run_state& s) const {
        std::vector<std::vector<number>> copies;
        std::vector<io::tensor_view> tensors;
        each([&](const checkpoint_part<memory>& part, int i, const parameter_info& p) {
            copies.emplace_back(static_cast<std::size_t>(p.extents.size()));
            read_parameter(*part.memory, distance(part, p), p, copies.back().data());
            if (!all_finite(copies.back().data(), p.extents.size()))
                raise<not_finite_error>(sentence(
                    {"strata: the checkpoint of step ", s.steps, " was not written: ", part.prefix, words::name(i),
                     " contains a number that is not finite, so the run cannot continue. Earlier checkpoints are kept. "
                     "Lower the learning rate, or limit the gradient with .clip_norm, and resume."}));
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
            const auto t = std::find_if(file.tensors.begin(), file.tensors.end(),
                                        [&](const io::tensor_view& v) { return v.name == name; });
            if (t == file.tensors.end()) differences += sentence({"\n  ", name, ": not in the file"});
            else if (t->shape != extents_of(p.extents))
                differences += sentence({"\n  ", name, ": ", words_of_extents(t->shape), " in the file, ",
                                         words_of_extents(extents_of(p.extents)), " in the network"});
            else if (!holds_numbers(*t))
                differences += sentence({"\n  ", name, ": ", io::fact_of(t->dtype).name,
                                         " in the file, floating-point numbers in the network"});
            else {
                if constexpr (sizeof(number) < sizeof(double)) check_range(*t, differences);
                if (!differences.empty()) return; // what is refused needs no memory
                std::vector<number> elements(t->size());
                io::copy_numbers(*t, std::span<number>(elements));
                if (!all_finite(elements.data(), p.extents.size()))
                    differences += sentence({"\n  ", name, ": a number in the file that is not finite"});
                all.push_back({&part, &p, laid_out(p, elements.data())});
            }
        });
        if (!differences.empty())
            raise<file_error>(sentence(
                {"strata: ", path, " does not match this run, and nothing was loaded. The differences:", differences,
                 "\nRemove it to resume from the previous one, or start in another folder."}));
        accept(s);
        for (const found& f : all)
            f.part->memory->write(distance(*f.part, *f.p) + f.p->offset, f.p->elements, f.numbers.data());
        learner_->set_steps(s.steps);
        return s;
    }

  private:
    template <class Visit>
    void each(Visit visit) const {
        for (const auto& part : parts_)
            for (int i = 0; i < plan::parameters; ++i)
                if (const parameter_info& p = plan::data.parameters[i];
                    p.where == part.where && (p.trainable || !part.of_trained))
                    visit(part, i, p);
    }
    /// How much further the numbers of p are in the part's memory than in their block.
    static long long distance(const checkpoint_part<memory>& part, const parameter_info& p) {
        return part.base + (part.of_trained ? core::trainable_runs<plan>.place(p.offset) - p.offset : 0);
    }
    Learner* learner_;
    std::vector<checkpoint_part<memory>> parts_;
};

} // namespace detail

/// Where and how often a fit writes checkpoints. (A companion: see hooks.hpp.)
struct checkpoints {
    std::string folder;           ///< created if missing
    int every_epochs = 1;         ///< number of epochs between checkpoints; 0: none
    std::int64_t every_steps = 0; ///< number of steps between checkpoints within an epoch; 0: none
    int keep = 3;                 ///< number of files that are kept, the newest
    bool resume = false;          ///< continue from the newest file in the folder, if there is one

    template <class Run>
    class at_work {
        using learner = typename Run::learner_type;

      public:
        using hooks = strata::hooks<"begin", "after_step", "keep", "interruptible">;

        at_work(const checkpoints& how, Run& run) : how_(how), run_(run) {
            if (how_.keep < 1) raise("strata: checkpoints must keep at least 1 file; set .keep.");
            if (how_.folder.empty()) raise("strata: checkpoints need a folder; set .folder.");
        }

        /// `others` are the fit's companions, whose numbers belong to the run as well.
        template <class... Others>
        [[gnu::cold, gnu::noinline]] void begin(Others&... others) {
            detail::make_checkpoint_folder(how_.folder);
            const auto files = detail::checkpoints_in(how_.folder);
            if (files.empty()) return;
            if (!how_.resume)
                raise<file_error>(sentence({"strata: the folder ", how_.folder, " contains ", files.size(),
                                            files.size() == 1 ? " checkpoint" : " checkpoints",
                                            " of another run. Resume with .resume = true, or use another folder."}));
            const std::string& path = files.back();
            const detail::run_state s = file_of(others...).load(path, [&](const detail::run_state& read) {
                check(read, path);
                auto metrics = run_.metrics;
                history before = history::from_csv(read.history, path);
                if (before.metric_names != run_.all.metric_names)
                    raise<file_error>(sentence(
                        {"strata: ", path, " was written with different metrics: ", names_in(before.metric_names),
                         "; this run has ", names_in(run_.all.metric_names), ". Resume with the same metrics."}));
                if (!metrics.from_digits(read.metrics))
                    raise<file_error>(sentence({"strata: ", path,
                                                " was written with different metrics, or metrics of different sizes. "
                                                "Resume with the same metrics."}));
                for (std::size_t i = 0; i < before.epochs.size() || i < static_cast<std::size_t>(read.epoch); ++i)
                    if (i >= before.epochs.size() || before.epochs[i].epoch != static_cast<int>(i) + 1
                        || static_cast<int>(i) >= read.epoch)
                        raise<file_error>(sentence({"strata: ", path, " says that ", read.epoch,
                                                    read.epoch == 1 ? " epoch was" : " epochs were",
                                                    " finished, but its history has ", before.epochs.size(),
                                                    " that do not match. ", damaged}));
                before.higher_is_better = run_.all.higher_is_better;
                before.rates = detail::rates_from_csv(read.rates, path);
                run_.metrics = metrics, run_.all = std::move(before);
            });
            run_.epoch = s.epoch, run_.next_sample = s.next_sample, run_.loss = s.loss, run_.seconds = s.seconds;
            run_.passes = s.passes, run_.first_loss = s.first_loss, run_.counted = s.counted;
            run_.resumed = true;
            replay_schedule();
            say_where(path, s.batch);
            (detail::call_hook<detail::resumed_hook>(others), ...);
        }
        template <class... Others>
        void after_step(Others&... others) {
            if (run_.next_sample < run_.size
                && (!run_.goes_on || (how_.every_steps > 0 && run_.learner.steps() % how_.every_steps == 0)))
                save(others...);
        }
        template <class... Others>
        void keep(Others&... others) {
            if (!run_.goes_on || run_.epoch == run_.options.epochs
                || (how_.every_epochs > 0 && run_.epoch % how_.every_epochs == 0))
                save(others...);
        }

      private:
        template <class... Others>
        [[nodiscard]] detail::checkpoint_file<learner> file_of(Others&... others) {
            detail::checkpoint_file<learner> file(run_.learner);
            if (run_.options.average > 0) file.add("average.", run_.learner.average(), core::storage::parameter);
            const auto add = [&](const char* prefix, auto& memory, core::storage where) {
                file.add(prefix, memory, where);
            };
            (detail::call_hook<detail::each_block_hook>(others, add), ...);
            return file;
        }
        /// Errors   file_error where going on would not give what an uninterrupted run gives
        [[gnu::cold, gnu::noinline]] void check(const detail::run_state& s, const std::string& path) const {
            const auto differs = [&](const char* what, auto there, auto here, const char* remedy) {
                if (there != here)
                    raise<file_error>(sentence({"strata: ", path, " is from a run with ", what, " ", there,
                                                ", but this one has ", here, ". ", remedy}));
            };
            differs("seed", s.seed, run_.learner.net().initial_seed().value, "Make the model with that seed.");
            differs("a data set of size", s.data_size, run_.size, "Resume with the same data.");
            if (s.next_sample != 0)
                differs("an effective batch size of", s.batch, run_.samples_of_step(), "Resume with the same batch.");
            if (s.next_sample >= run_.size || s.next_sample % run_.samples_of_step() != 0)
                raise<file_error>(sentence({"strata: ", path, " resumes at sample ", s.next_sample, " of ", run_.size,
                                            ", where no step begins. ", damaged}));
        }
        /// One line, where progress is shown; the history keeps it too if the run had been finished, since then a fit
        /// that was to do something does nothing.
        [[gnu::cold, gnu::noinline]] void say_where(const std::string& path, std::int64_t batch) const {
            const int epochs = run_.options.epochs;
            std::string line = sentence({"resumed from ", path, " after step ", run_.learner.steps(), ": "});
            if (run_.epoch >= epochs) {
                line += epochs == 1 ? "its epoch is done" : sentence({"all ", epochs, " epochs are done"});
                if (batch != run_.samples_of_step())
                    line += sentence({", in steps of ", batch, " samples, not ", run_.samples_of_step()});
                run_.note(line + ". To train on, ask for more epochs or use another folder.");
                return;
            }
            line += sentence({"epoch ", run_.epoch + 1, " of ", epochs});
            if (run_.next_sample > 0) line += sentence({", sample ", run_.next_sample + 1, " of ", run_.size});
            progress_bar(stdout, run_.options.progress).end_epoch(line);
        }
        [[nodiscard, gnu::cold, gnu::noinline]] static std::string names_in(const std::vector<std::string>& names) {
            std::string all;
            for (std::size_t i = 0; i < names.size() && i < 8; ++i)
                all += sentence({i == 0 ? "" : ", ", io::beginning(names[i])});
            return names.empty() ? "none" : names.size() > 8 ? all + ", ..." : all;
        }
        /// A schedule may remember: it is asked again for every step before the checkpoint, with what it was told then.
        void replay_schedule() {
            for (const epoch_record& r : run_.all.epochs) {
                for (std::int64_t first = 0; first < run_.size; first += run_.samples_of_step())
                    run_.next_factor(first);
                run_.tell_schedule(r);
            }
            for (std::int64_t first = 0; first < run_.next_sample; first += run_.samples_of_step())
                run_.next_factor(first);
        }
        template <class... Others>
        [[gnu::cold, gnu::noinline]] void save(Others&... others) {
            run_.collect(true);
            const detail::run_state s{.steps = run_.learner.steps(),
                                      .passes = run_.passes,
                                      .seed = run_.learner.net().initial_seed().value,
                                      .epoch = run_.epoch,
                                      .next_sample = run_.next_sample,
                                      .data_size = run_.size,
                                      .batch = run_.samples_of_step(),
                                      .loss = run_.loss,
                                      .seconds = run_.seconds,
                                      .metrics = run_.metrics.digits(),
                                      .history = run_.all.to_csv(),
                                      .rates = detail::rates_to_csv(run_.all.rates),
                                      .first_loss = run_.first_loss,
                                      .counted = run_.counted};
            const std::string path = sentence({how_.folder, "/", detail::checkpoint_name(s.steps)});
            file_of(others...).save(path, s);
            if (!run_.goes_on)
                run_.kept = sentence({"state saved in ", path, ": restart the program",
                                      how_.resume ? "" : " with .resume = true", " to continue"});
            const auto files = detail::checkpoints_in(how_.folder);
            for (std::size_t i = 0; i + static_cast<std::size_t>(how_.keep) < files.size(); ++i)
                ::unlink(files[i].c_str());
        }

        static constexpr const char* damaged = "The file is damaged. Remove it to resume from the previous checkpoint.";
        const checkpoints& how_;
        Run& run_;
    };
};

} // namespace strata::inline STRATA_ABI
