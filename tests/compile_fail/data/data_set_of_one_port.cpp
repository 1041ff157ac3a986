// A plain data set for a network of two inputs.
// expect: strata: this network has several inputs or losses, so its data set must have a part for each: ports() and read(i, key, const data::parts<float>&), see data/ports.hpp.
// expect-types: strata: this network has several inputs or losses, so its data set must have a part for each: ports() and read(i, key, const data::parts<float>&), see data/ports.hpp.
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">, strata::dense<3>> {};
#else
struct net : strata::network<strata::features<4>, strata::dense<8>, strata::dense<3>> {};
#endif

void train(strata::model<net>& model, const strata::data::in_memory<>& table) {
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}};
    trainer.evaluate(table);
}
// [/snippet]
