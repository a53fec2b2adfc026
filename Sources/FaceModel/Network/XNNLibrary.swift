internal import CXNNPACK

/// XNNPACK as a whole, which looks at the processor once a process.
package enum XNNLibrary {
  /// Looks at the processor now, which reads files of the system: a process that will not be allowed to
  /// open them does so first.
  ///
  /// - Returns: Whether the networks can run here.
  @discardableResult
  package static func prepare() -> Bool { xnn_initialize(nil) == xnn_status_success }
}
