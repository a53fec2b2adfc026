#include "vprep.h"
