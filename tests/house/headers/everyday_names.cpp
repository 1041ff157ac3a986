/// A program's own everyday names beside ours, under `using namespace strata`: what the library needs for itself is in
/// strata::core, so these are the program's.
#include <strata/data.hpp>
#include <strata/files.hpp>
#include <strata/gradients.hpp>
#include <strata/losses.hpp>
#include <strata/metrics.hpp>
#include <strata/pictures.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/companions/prefetch.hpp>

using namespace strata;

struct block {};
struct step {};
struct call {};
struct host {};
struct memory {};
struct name {};
struct frame {};
struct key {};
struct plan {};
struct request {};
struct operation {};
struct operand {};
struct storage {};
struct window {};
struct word {};
struct rule {};
struct place {};
struct layer {};
struct mode {};
struct sample {};
struct division {};
struct view {};
struct item {};
struct task {};
struct state {};
struct buffer {};
struct point {};
struct range {};
struct size {};
struct result {};
struct options {};
struct config {};
struct batch {};
struct tensor {};
struct matrix {};
struct vector {};
struct node {};
struct edge {};
struct context {};
struct device {};
struct stream {};
struct thread {};
struct pool {};
struct queue {};
struct timer {};
struct logger {};
struct event {};
struct error_code {};
struct index {};
struct color {};
struct weight {};
struct dataset {};
struct loader {};
struct solver {};
struct run {};
struct test {};
struct number {};
struct position {};
struct build {};
struct fuse {};
struct description {};
struct got {};
struct needs {};
struct nested {};
struct op {};
struct function {};

struct net : network<features<2>, dense<2>> {};

int use_of_them();
int use_of_them() {
    [[maybe_unused]] block a;
    [[maybe_unused]] step b;
    [[maybe_unused]] call c;
    [[maybe_unused]] host d;
    [[maybe_unused]] memory e;
    [[maybe_unused]] name f;
    [[maybe_unused]] frame g;
    [[maybe_unused]] key h;
    [[maybe_unused]] plan i;
    [[maybe_unused]] request j;
    [[maybe_unused]] operation k;
    [[maybe_unused]] storage l;
    [[maybe_unused]] window m;
    [[maybe_unused]] word n;
    [[maybe_unused]] rule o;
    [[maybe_unused]] place p;
    [[maybe_unused]] layer q;
    [[maybe_unused]] mode r;
    [[maybe_unused]] sample s;
    [[maybe_unused]] division t;
    [[maybe_unused]] build u;
    [[maybe_unused]] got v;
    [[maybe_unused]] state w;
    [[maybe_unused]] size x;
    [[maybe_unused]] op y;
    model<net> m_{seed{1}};
    return static_cast<int>(m_.parameters().size());
}
