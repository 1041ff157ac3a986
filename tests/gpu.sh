#!/usr/bin/env bash
# Everything that takes a GPU, in one go:
#   bash tests/gpu.sh build          where nvcc and the packages of tests/run.sh are; a GPU need not be there
#   bash tests/gpu.sh run [DATA]     where a GPU is: needs the programs in build/cuda, the driver, cuBLAS, and MNIST, in DATA or
#                                    where the examples look for it
# With neither word both are done. The programs can be carried from one machine to the other. What could not be checked is
# named; the exit status is 0 only if nothing failed.
set -uo pipefail
SECONDS=0
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
what=${1:-both}
data=()
[ -n "${2:-}" ] && data=(--data "$2")

if [ "$what" != run ]; then
    cmake --preset cuda && cmake --build --preset cuda --target test_gpu lenet5_gpu gpu_from_cpp || exit 1
fi
[ "$what" = build ] && exit 0

failed=0 skipped=0
# check NAME COMMAND...: 77 means that it could not be checked.
check() {
    local name=$1 status
    shift
    printf '\n== %s: %s\n' "$name" "$*"
    "$@"
    status=$?
    case $status in
    0) printf '== %s: passed, %d s\n' "$name" $SECONDS ;;
    77) printf '== %s: skipped\n' "$name" && skipped=$((skipped + 1)) ;;
    *) printf '== %s: FAILED with %d\n' "$name" $status && failed=$((failed + 1)) ;;
    esac
}
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader || true
# An example on a machine without a GPU says so and ends with 1.
example() { # NAME TEXT ARGUMENT...
    local text=$2 output
    output=$(build/cuda/examples/"$1" "${@:3}" 2>&1)
    local status=$?
    printf '%s\n' "$output"
    [[ $output == *"no NVIDIA GPU can be used here"* || $output == *"data: drawn"* ]] && return 77
    [ $status = 0 ] && [[ $output == *"$text"* ]]
}
check "every operation, gradients, placement, training, files" build/cuda/tests/test_gpu
check "plain C++ calls a GPU" example gpu_from_cpp "1000 of 1000 predictions agree"
if command -v compute-sanitizer >/dev/null; then
    check "memcheck" compute-sanitizer --tool memcheck --error-exitcode 9 build/cuda/tests/test_gpu
else
    printf '\n== memcheck: skipped, there is no compute-sanitizer\n' && skipped=$((skipped + 1))
fi
for seed in 1 2 3; do
    check "LeNet-5 on MNIST, seed $seed" example lenet5_gpu "test accuracy 0.99" "${data[@]}" --seed $seed
done
printf '\n%d failed, %d skipped, %d min %02d s\n' $failed $skipped $((SECONDS / 60)) $((SECONDS % 60))
[ $failed = 0 ]
