# Reads `nm OBJECT` and then `objdump -d OBJECT`, and prints each function of strata that another translation unit may have as
# well (a weak symbol), that uses instructions beyond plain x86-64, and whose symbol lacks `name`. Functions of the standard
# library carry no set: of those that both units have, the linker takes the first object's.
FNR == 1 { ++file }
file == 1 { if ($2 ~ /^[WVu]$/) is_weak[$3] = 1; next }
/^[0-9a-f]+ <.*>:$/ { f = $2; gsub(/[<>:]/, "", f); ++functions; next }
$2 ~ /^(v[a-z]|shlx|shrx|sarx|rorx|mulx|pdep|pext|andn$|bextr|bls[ir]|tzcnt|lzcnt|movbe|popcnt)/ {
    wide[f] = 1
    if (is_weak[f] && f ~ /6strata/ && index(f, name) == 0) faulty[f] = $2
}
END {
    for (f in wide) ++count
    for (f in faulty) print "FAULT " f " (" faulty[f] ")"
    print functions + 0 " functions, " count + 0 " with instructions of the set"
}
