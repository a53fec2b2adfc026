/// What a call is made with: files of its request's folder, and options.
struct CallInput: Sendable {
  /// A file, and how the client calls it.
  struct File: Sendable {
    let path: String
    let name: String

    init(_ file: UploadedFile) { (path, name) = (file.path, file.name) }

    init(path: String, name: String) { (self.path, self.name) = (path, name) }
  }

  let call: Job.Call
  let clip: File
  let photo: File?
  let options: CallOptions
  /// Where the prepared clip is written.
  let output: String

  /// The service's paths, with what stands for them in answers.
  var names: [File] {
    [clip, photo, File(path: output, name: "prepared.mp4")].compactMap { $0 }
  }

  /// The report with the client's names in place of the service's paths.
  func named(_ report: [UInt8]) -> [UInt8] {
    names.reduce(report) { text, file in
      text.replacing(
        [UInt8](file.path.utf8), with: Array(JSON.string(file.name).line.dropFirst().dropLast()))
    }
  }
}

/// What a call has made: its report, and the prepared clip, which is held open while its name is gone.
struct CallOutcome: Sendable {
  let report: [UInt8]
  let file: OpenFile?
}
