/* Compiled, never called: holds the mirrored frame layouts to the interpreter's own headers. */
#define Py_BUILD_CORE 1
#include <Python.h>
#include <stddef.h>
#if PY_VERSION_HEX >= 0x030E0000
#include <internal/pycore_interpframe_structs.h>
#else
#include <internal/pycore_frame.h>
#endif

#define AT(field, offset) \
  _Static_assert(offsetof(struct _PyInterpreterFrame, field) == (offset), "frame layout: " #field)

#if PY_VERSION_HEX >= 0x030E0000
AT(f_executable, 0);
AT(previous, 8);
AT(instr_ptr, 56);
AT(stackpointer, 64);
AT(owner, 74);
AT(localsplus, 80);
#elif PY_VERSION_HEX >= 0x030D0000
AT(f_executable, 0);
AT(previous, 8);
AT(instr_ptr, 56);
AT(stacktop, 64);
AT(owner, 70);
AT(localsplus, 72);
#elif PY_VERSION_HEX >= 0x030C0000
AT(f_code, 0);
AT(previous, 8);
AT(prev_instr, 56);
AT(stacktop, 64);
AT(owner, 70);
AT(localsplus, 72);
#else
AT(f_code, 32);
AT(previous, 48);
AT(prev_instr, 56);
AT(stacktop, 64);
AT(is_entry, 68);
AT(owner, 69);
AT(localsplus, 72);
#endif

/* Where the frame of a generator or coroutine lies in its object. */
const size_t heapwise_generator_frame_offset = offsetof(PyGenObject, gi_iframe);
const size_t heapwise_generator_state_offset = offsetof(PyGenObject, gi_frame_state);

/* Where the lists of the collector begin in an interpreter, and where its first threshold stands. */
#if PY_VERSION_HEX >= 0x030E0000
#include <internal/pycore_interp_structs.h>
#else
#include <internal/pycore_interp.h>
#endif
#define LIST(field) offsetof(struct _is, gc.field.head)
#ifdef HEAPWISE_YOUNG_GENERATION /* the first releases of 3.14 */
const size_t heapwise_collector_lists[5] = {LIST(young), LIST(old[0]), LIST(old[1]),
                                            LIST(permanent_generation), 0};
const size_t heapwise_collector_threshold = offsetof(struct _is, gc.young.threshold);
#else
const size_t heapwise_collector_lists[5] = {LIST(generations[0]), LIST(generations[1]),
                                            LIST(generations[2]), LIST(permanent_generation), 0};
const size_t heapwise_collector_threshold = offsetof(struct _is, gc.generations[0].threshold);
#endif

/* Where the free lists stand in an interpreter that are arrays (offset and size, in this order; 0 at the end): above
   their counts they name what has long been something else. */
#define AREA(field) {offsetof(struct _is, field), sizeof(((struct _is*)0)->field)}
#if PY_VERSION_HEX >= 0x030D0000
const size_t heapwise_free_list_areas[5][2] = {AREA(object_state.freelists)};
#else
const size_t heapwise_free_list_areas[5][2] = {AREA(tuple), AREA(list), AREA(dict_state), AREA(async_gen)};
#endif

/* Whether pymalloc's pools and arenas are laid out as pool_table.hpp has them. In 3.11 that is said in obmalloc.c
   alone: there the tables are checked as they are found. */
#if defined(WITH_PYMALLOC) && PY_VERSION_HEX >= 0x030C0000
#include <internal/pycore_obmalloc.h>
#define POOL(field, offset) (offsetof(struct pool_header, field) == (offset))
#define ARENA(field, offset) (offsetof(struct arena_object, field) == (offset))
const int heapwise_pools_are_known =
    POOL_BITS == 14 && ARENA_BITS == 20 && ALIGNMENT == 16 && DUMMY_SIZE_IDX == 0xffff &&
    POOL_OVERHEAD == 48 && POOL(ref, 0) && POOL(freeblock, 8) && POOL(nextpool, 16) &&
    POOL(arenaindex, 32) && POOL(szidx, 36) && POOL(nextoffset, 40) && POOL(maxnextoffset, 44) &&
    sizeof(struct arena_object) == 48 && ARENA(address, 0) && ARENA(pool_address, 8) &&
    ARENA(nfreepools, 16) && ARENA(ntotalpools, 20) && ARENA(freepools, 24) && ARENA(nextarena, 32) &&
    ARENA(prevarena, 40);
#elif defined(WITH_PYMALLOC)
const int heapwise_pools_are_known = 1;
#else
const int heapwise_pools_are_known = 0;
#endif
