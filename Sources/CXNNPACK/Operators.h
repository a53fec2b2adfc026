// Operators that have a function of their own up to the snapshots of 2024, which then calls them deprecated
// and has one function each for all with one operand, with two, and for those that reduce.
#pragma once

#include <stddef.h>
#include <xnnpack.h>

static inline enum xnn_status cxn_define_addition(xnn_subgraph_t subgraph, float least,
                                                  float greatest, uint32_t first, uint32_t second,
                                                  uint32_t output) {
#ifdef XNN_DEPRECATED
  const struct xnn_binary_params bounds = {least, greatest};
  return xnn_define_binary(subgraph, xnn_binary_add, &bounds, first, second, output, 0);
#else
  return xnn_define_add2(subgraph, least, greatest, first, second, output, 0);
#endif
}

static inline enum xnn_status cxn_define_prelu(xnn_subgraph_t subgraph, uint32_t input,
                                               uint32_t slope, uint32_t output) {
#ifdef XNN_DEPRECATED
  return xnn_define_binary(subgraph, xnn_binary_prelu, NULL, input, slope, output, 0);
#else
  return xnn_define_prelu(subgraph, input, slope, output, 0);
#endif
}

static inline enum xnn_status cxn_define_clamp(xnn_subgraph_t subgraph, float least, float greatest,
                                               uint32_t input, uint32_t output) {
#ifdef XNN_DEPRECATED
  union xnn_unary_params bounds;
  bounds.clamp.min = least;
  bounds.clamp.max = greatest;
  return xnn_define_unary(subgraph, xnn_unary_clamp, &bounds, input, output, 0);
#else
  return xnn_define_clamp(subgraph, least, greatest, input, output, 0);
#endif
}

static inline enum xnn_status cxn_define_sigmoid(xnn_subgraph_t subgraph, uint32_t input,
                                                 uint32_t output) {
#ifdef XNN_DEPRECATED
  return xnn_define_unary(subgraph, xnn_unary_sigmoid, NULL, input, output, 0);
#else
  return xnn_define_sigmoid(subgraph, input, output, 0);
#endif
}

// The mean over the height and width of each channel, as a picture of one pixel. What follows takes its
// shape from what was computed: without the flag that would have two dimensions and not four.
static inline enum xnn_status cxn_define_global_average(xnn_subgraph_t subgraph, uint32_t input,
                                                        uint32_t output) {
#ifdef XNN_DEPRECATED
  static const size_t height_and_width[2] = {1, 2};
  return xnn_define_static_reduce(subgraph, xnn_reduce_mean, 2, height_and_width, input, output,
                                  XNN_FLAG_KEEP_DIMS);
#else
  return xnn_define_global_average_pooling_2d(subgraph, -__builtin_inff(), __builtin_inff(), input,
                                              output, 0);
#endif
}

static inline enum xnn_status cxn_define_depth_to_space(xnn_subgraph_t subgraph, uint32_t block,
                                                        uint32_t input, uint32_t output) {
#ifdef XNN_DEPRECATED
  return xnn_define_depth_to_space_2d(subgraph, block, input, output, 0);
#else
  return xnn_define_depth_to_space(subgraph, input, output, block, 0);
#endif
}
