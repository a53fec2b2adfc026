// A C target needs a source; the functions are implemented in Swift, in VPrepC.
#include "vprep.h"
