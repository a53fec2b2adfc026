/*
 * The part of libFuzzer that a program with a main function of its own calls. The library comes with
 * the Swift toolchain: libclang_rt.fuzzer_no_main.
 */
#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/* Runs libFuzzer with its own arguments; `one_input` is called for every input. */
int LLVMFuzzerRunDriver(int *argc, char ***argv,
                        int (*one_input)(const uint8_t *data, size_t size));

/* Changes `data` as libFuzzer does by itself, by the dictionary too; returns the new size, which is
 * at most `max_size`. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

#endif
