public import MediaIO

extension Gate {
  /// How a call runs: threads, limits, and who is told how far it has come.
  public struct Runtime: Sendable {
    /// Threads that decode a clip's pictures, and threads that encode them, 1…16.
    ///
    /// One is best where many calls run at once.
    public var codecThreads: Int
    /// How much of a clip, a photo or a JSON text is read before it is refused; `Docs/limits.md`.
    ///
    /// FFmpeg's bound for one allocation counts for the whole process: the call that begins last sets
    /// it.
    public var inputLimits: InputLimits
    /// Seconds that one call may take: the limit `time`; infinity sets none, less than 0 is refused.
    public var timeLimit: Double {
      get { inputLimits[.time] }
      set { inputLimits[.time] = newValue }
    }
    /// Files that no output may replace, beside the clip and the photo: what the rules and the request
    /// were read from.
    public var protectedFiles: [String]
    /// Told how far a call has come, at most ten times per second and at the start of each stage.
    ///
    /// It is called on the working thread and must return at once.
    public var onProgress: (@Sendable (Progress) -> Void)?

    /// Makes the options of running; by default two threads, the limits of `Docs/limits.md`, and nobody
    /// is told.
    public init(
      codecThreads: Int = 2, inputLimits: InputLimits = InputLimits(),
      protectedFiles: [String] = [], onProgress: (@Sendable (Progress) -> Void)? = nil
    ) {
      self.codecThreads = codecThreads
      self.inputLimits = inputLimits
      self.protectedFiles = protectedFiles
      self.onProgress = onProgress
    }
  }
}
