/// Puts the parts of a body where they belong: files into the request's folder, the rest into memory.
struct UploadSink {
  private var reader: MultipartReader?
  private let folder: RequestFolder
  private let files: Set<String>
  private var upload = Upload()

  /// The part that is being read.
  private enum Part {
    case none
    case file(String, UploadedFile)
    case field(String, [UInt8])
  }

  private var part = Part.none

  /// Most parts of a form, and most bytes of one that is no file.
  private static let mostParts = 40
  private static let longestField = 256 << 10

  /// - Parameters:
  ///   - reader: reads the form; `nil` if the body is one file.
  ///   - files: fields that are files.
  ///   - raw: the name of the file that a body without a form is.
  init(reader: MultipartReader?, folder: RequestFolder, files: Set<String>, raw: String) throws {
    (self.reader, self.folder, self.files) = (reader, folder, files)
    if reader == nil { part = .file(raw, try UploadedFile(path: folder.file(raw), name: nil)) }
  }

  /// Takes the next bytes of the body.
  mutating func take(_ bytes: some Sequence<UInt8>) throws {
    guard var reader else { return try add(bytes) }
    self.reader = nil
    var events: [MultipartReader.Event] = []
    try reader.read(bytes) { events.append($0) }
    self.reader = reader
    for event in events {
      switch event {
      case .part(let head): try begin(head)
      case .data(let data): try add(data)
      case .end: end()
      }
    }
  }

  /// What the body has brought.
  mutating func complete() throws -> Upload {
    if let reader {
      guard reader.isComplete else {
        throw ServiceError.usage("the multipart body ends before its last boundary")
      }
    } else {
      end()
    }
    return upload
  }

  private mutating func begin(_ head: MultipartHead) throws {
    guard upload.files.count + upload.fields.count < Self.mostParts else {
      throw ServiceError.usage("the form has more than \(Self.mostParts) fields")
    }
    guard upload.files[head.name] == nil, upload.fields[head.name] == nil else {
      throw ServiceError.usage("the form has a field twice")
    }
    part =
      files.contains(head.name)
      ? .file(head.name, try UploadedFile(path: folder.file(head.name), name: head.file))
      : .field(head.name, [])
  }

  private mutating func add(_ bytes: some Sequence<UInt8>) throws {
    switch part {
    case .none: break
    case .file(_, let file): try file.write(bytes)
    case .field(let name, var value):
      part = .none
      value += bytes
      guard value.count <= Self.longestField else {
        throw ServiceError.usage(
          "a field of the form has more than \(Self.longestField) bytes", status: .contentTooLarge)
      }
      part = .field(name, value)
    }
  }

  private mutating func end() {
    switch part {
    case .none: break
    case .file(let name, let file): upload.files[name] = file
    case .field(let name, let value): upload.fields[name] = String(decoding: value, as: UTF8.self)
    }
    part = .none
  }
}
