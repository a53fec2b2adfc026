/// A C string that the library owns, as a Swift string; `nil` stays `nil`.
func text(_ pointer: UnsafePointer<CChar>?) -> String? {
  unsafe pointer.map { unsafe String(cString: $0) }
}
