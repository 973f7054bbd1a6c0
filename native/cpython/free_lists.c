/* The free lists of the interpreter, told as sys._debugmallocstats() tells them up to 3.12. Later versions keep the
   function that prints them to themselves, and the lists in the interpreter's state. Each count is held to the bound
   that its list has: what is out of bounds is another layout, and nothing is told. */
#define Py_BUILD_CORE 1
#include <Python.h>
#include <stddef.h>
#include <stdio.h>
#if PY_VERSION_HEX >= 0x030E0000
#include <internal/pycore_interp_structs.h>
#elif PY_VERSION_HEX >= 0x030D0000
#include <internal/pycore_interp.h>
#endif

int heapwise_print_free_lists(FILE* out);

#if PY_VERSION_HEX >= 0x030D0000 && defined(HEAPWISE_FREE_LISTS)

enum {
  kMostLists = 64,
  kCollectorBytes = 16,
  kReferenceBytes = 8,
  kTupleHeaderBytes = 24,
  kKeysBytes = 32 + 8 + 5 * 16, /* header, index of 8, entries of 5 */
  kMostTuples = 2000,
  kMostOthers = 255
};

typedef struct {
  const char* name;
  Py_ssize_t count, most;
  size_t bytes; /* of a block, as the allocator rounds it */
} List;

static size_t block(size_t bytes) { return (bytes + 15) / 16 * 16; }

#if PY_VERSION_HEX >= 0x030E0000
#define COUNT(list) lists->list.size
#define TUPLES(i) lists->tuples[i].size
#else
#define COUNT(list) lists->list.numfree
#define TUPLES(i) lists->tuples.numfree[i]
#endif

int heapwise_print_free_lists(FILE* out) {
  const PyInterpreterState* interpreter = PyInterpreterState_Get();
#if PY_VERSION_HEX >= 0x030E0000
  const struct _Py_freelists* lists = &interpreter->object_state.freelists;
#else
  const struct _Py_object_freelists* lists = &interpreter->object_state.freelists;
#endif
  List found[kMostLists] = {
      {"float", COUNT(floats), kMostOthers, block(sizeof(PyFloatObject))},
      {"list", COUNT(lists), kMostOthers, block(kCollectorBytes + sizeof(PyListObject))},
      {"dict", COUNT(dicts), kMostOthers, block(kCollectorBytes + sizeof(PyDictObject))},
      {"keys of a dict", COUNT(dictkeys), kMostOthers, block(kKeysBytes)},
  };
  int count = 4;
#if PY_VERSION_HEX >= 0x030E0000
  found[count++] = (List){"int", COUNT(ints), kMostOthers, block(sizeof(PyLongObject))};
#endif
  for (int i = 0; i < PyTuple_MAXSAVESIZE; ++i)
    found[count++] =
        (List){"tuple", TUPLES(i), kMostTuples,
               block(kCollectorBytes + kTupleHeaderBytes + (size_t)(i + 1) * kReferenceBytes)};
  for (int i = 0; i < count; ++i)
    if (found[i].count < -1 || found[i].count > found[i].most) return 0;
  for (int i = 0; i < count; ++i)
    if (found[i].count > 0)
      fprintf(out, "%zd free %s * %zu bytes each = %zu\n", found[i].count, found[i].name,
              found[i].bytes, (size_t)found[i].count * found[i].bytes);
  return 1;
}

#else

int heapwise_print_free_lists(FILE* out) {
  (void)out;
  return 0;
}

#endif
