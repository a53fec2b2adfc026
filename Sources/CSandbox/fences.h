// The single fences; each function returns whether its fence stands.
#pragma once

#include "CSandbox.h"

int cs_fence_system_calls(void);
int cs_fence_landlock(void);
int cs_fence_limits(const cs_bounds *bounds);
