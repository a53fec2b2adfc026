internal import CXNNPACK

/// The one owner of an XNNPACK runtime: the packed weights and the plan of execution.
///
/// It may change its thread, because it alone has the handle; a run needs exclusive access.
@safe struct XNNRuntime: ~Copyable, @unchecked Sendable {
  private let handle: xnn_runtime_t

  /// Makes a runtime and binds its external tensors to their buffers, all in one call.
  ///
  /// - Parameters:
  ///   - memory: where the input and the activations stand in `activations`.
  ///   - activations: must outlive the runtime.
  ///   - outputs: buffer `i` is output `i`; they must outlive the runtime.
  init(
    _ subgraph: borrowing XNNSubgraph, plan: NetworkPlan, memory: MemoryPlan,
    activations: ActivationMemory, outputs: borrowing FloatArena
  ) throws(ModelError) {
    var created: xnn_runtime_t?
    // No thread pool: everything runs on the calling thread.
    try unsafe check(
      xnn_create_runtime_v2(subgraph.handle, nil, 0, &created), "the runtime", plan.name)
    guard let created = unsafe created else {
      throw ModelError(.runtime, file: plan.name, "no runtime")
    }
    var externals: [xnn_external_value] = unsafe []
    for (id, value) in plan.values.enumerated() {
      let address: UnsafeMutablePointer<Float>?
      switch value.role {
      case .input, .activation:
        guard let offset = memory.offsets[id] else { continue }
        unsafe address = activations.address(offset: offset)
      case .output(let index, let offset):
        unsafe address = outputs.address(index, offset: offset)
      case .constant, .fused: continue
      }
      unsafe externals.append(xnn_external_value(id: subgraph.identifiers[id], data: address))
    }
    let status = unsafe xnn_setup_runtime(created, externals.count, externals)
    do {
      try check(status, "the buffers", plan.name)
      unsafe handle = created
    } catch {
      unsafe xnn_delete_runtime(created)
      throw error
    }
  }

  deinit { unsafe xnn_delete_runtime(handle) }

  /// Computes the outputs from what the input buffer holds.
  mutating func invoke(name: String) throws(ModelError) {
    try check(unsafe xnn_invoke_runtime(handle), "to run", name)
  }
}
