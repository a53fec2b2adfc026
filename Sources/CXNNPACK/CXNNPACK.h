// XNNPACK (Debian 12, snapshot of 2022-02-16). It has no pkg-config file: the module map links it.
#pragma once

#include <pthreadpool.h>
#include <xnnpack.h>
