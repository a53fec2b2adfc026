@testable import FaceModel

// Copies of models, which the program reads where they stand.

extension ModelStore {
  /// A model's bytes, checked.
  func bytes(of file: FaceModelFile) throws(ModelError) -> [UInt8] {
    let bytes = try checkedBytes(of: file)
    return bytes.withSpan { span in span.indices.map { span[$0] } }
  }
}

extension TFLiteFile {
  init(bytes: [UInt8], name: String) throws(ModelError) {
    try self.init(bytes: .copied(bytes), name: name)
  }
}

extension SHA256 {
  init(_ bytes: [UInt8], portable: Bool = false) { self.init(bytes.span, portable: portable) }
}
