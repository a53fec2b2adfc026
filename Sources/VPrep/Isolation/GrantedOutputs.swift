internal import MediaIO

/// The files that one isolated call may write, and those that it is writing.
///
/// The process only ever sees open files. Their names are made, checked and given here.
final class GrantedOutputs {
  /// Outputs that get their names when the call has ended well.
  private let targets: [OutputTarget]
  /// Whether an output may get another container's usual ending.
  private let isNamedByContent: Bool
  /// The folder of annotated frames, each of which gets its name when it is whole.
  private let frames: (folder: OutputFolder, protected: ProtectedFiles)?
  private var open: [Int: Entry] = [:]
  private var placed: [Entry] = []
  private var made = 0

  private final class Entry {
    /// `nil` once it has its name.
    var output: OutputFile?
    let isFrame: Bool

    init(_ output: consuming OutputFile, isFrame: Bool) {
      self.output = consume output
      self.isFrame = isFrame
    }
  }

  /// What `call` may write: opens the folders, and removes there what runs that died have left.
  init(
    _ gate: Gate, _ call: Gate.Call, protecting protected: ProtectedFiles
  ) throws(MediaError) {
    switch call {
    case .fit(let path), .prepare(let path):
      targets = [try OutputTarget(path, protecting: protected)]
    case .preview(let count, let path?):
      targets = try PreviewFiles.targets(path, count: count, protecting: protected)
    case .probe, .check, .planFit, .planPreparation, .preview: targets = []
    }
    targets.first?.folder.sweep()
    isNamedByContent = false
    frames = try gate.reporting.annotationFolder.map { (path) throws(MediaError) in
      (try AnnotationFolder.open(path), protected)
    }
  }

  /// One output in a folder that is open already, and annotated frames where the gate asks for them.
  init(
    _ gate: Gate, target: OutputTarget, isNamedByContent: Bool, protecting protected: ProtectedFiles
  ) throws(MediaError) {
    targets = [target]
    self.isNamedByContent = isNamedByContent
    frames = try gate.reporting.annotationFolder.map { (path) throws(MediaError) in
      (try AnnotationFolder.open(path), protected)
    }
  }

  /// Makes a file for the process; `nil` for one that it has no right to.
  ///
  /// - Returns: The file's number; `send` gets the open file.
  func make(
    name: String, folder: String, _ send: (Int, Int32) -> Void
  ) throws(MediaError) -> Bool {
    guard open.count < IsolationBounds.openFiles, made < IsolationBounds.files else {
      return false
    }
    let entry: Entry
    if let target = targets.first(where: { $0.folder.path == folder && $0.name == name }) {
      entry = Entry(try OutputFile(target), isFrame: false)
    } else if let frames, frames.folder.path == folder, AnnotationFolder.isName(name) {
      let target = try OutputTarget(frames.folder, name, protecting: frames.protected)
      entry = Entry(try OutputFile(target), isFrame: true)
    } else {
      return false
    }
    made += 1
    open[made] = entry
    entry.output?.withDescriptor { send(made, $0) }
    return true
  }

  /// Notes that a file is done; a frame gets its name at once.
  func place(_ number: Int, as name: String) throws(MediaError) -> Bool {
    guard let entry = open[number], mayBeCalled(name, entry) else { return false }
    open[number] = nil
    entry.output?.target.rename(to: name)
    guard entry.isFrame else {
      placed.append(entry)
      return true
    }
    if let output = entry.output.take() { try output.commit() }
    return true
  }

  /// Removes a file that is no longer wanted.
  func giveUp(_ number: Int) { open[number] = nil }

  /// Gives the outputs their names, when the call has ended well.
  ///
  /// - Parameter announce: called just before each gets its name.
  func commit(
    _ report: ReportDocument, _ announce: (inout OutputFile) throws(VPrepError) -> Void
  ) throws(VPrepError) {
    for entry in placed {
      guard var output = entry.output.take() else { continue }
      // A copy may replace what a pipe brought its very bytes from; what was changed may not.
      if report.fit?.action != .passthrough {
        try VPrepError.wrapping { () throws(MediaError) in try output.target.checkPipe() }
      }
      try announce(&output)
      do throws(MediaError) { try output.commit() } catch { throw VPrepError(error) }
    }
    placed = []
  }

  private func mayBeCalled(_ name: String, _ entry: Entry) -> Bool {
    guard let planned = entry.output?.target.name else { return false }
    if name == planned { return true }
    return isNamedByContent && !entry.isFrame
      && ContainerFormat.clips.contains { OutputName(path: planned).named(after: $0) == name }
  }
}
