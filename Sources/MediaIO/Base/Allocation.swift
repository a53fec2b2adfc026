/// What a C library makes, such as a frame or a context; `nil` where memory has run out.
///
/// Every such allocation of this target passes here, so that tests can let each of them fail in debug
/// builds (`InjectedFault`).
func allocated<Made>(_ make: @autoclosure () -> Made?) -> Made? {
  #if DEBUG
    if InjectedFault.strikes(.allocate) { return nil }
  #endif
  return make()
}
