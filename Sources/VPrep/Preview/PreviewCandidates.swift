internal import FaceMeasures
internal import Kernels
internal import MediaIO
internal import Services
internal import Synchronization

/// The frames of a clip that will probably be its previews, kept as they were decoded to be measured.
///
/// To decode a frame again may cost as much as all frames since the last key frame. How good a frame is
/// follows from all measured frames, because eyes are as open as this person's eyes are; so what is kept is
/// a guess, and `PreviewRenderer` decodes again what was chosen and not kept.
final class PreviewCandidates: Sendable {
  /// A frame that was kept.
  final class Candidate: Sendable {
    let place: FramePosition
    fileprivate let time: Double
    /// How good the frame seems.
    fileprivate let score: Double
    private let frame: VideoFrame

    fileprivate init(
      _ frame: consuming VideoFrame, _ place: FramePosition, time: Double, score: Double
    ) {
      self.frame = frame
      self.place = place
      self.time = time
      self.score = score
    }

    /// The frame once more; `nil` if memory runs out.
    func shared() -> VideoFrame? { frame.shared() }
  }

  /// What the thread that measures adds to.
  fileprivate struct State {
    var kept: [Candidate] = []
    /// Openness of the eyes as measured, of the clip's first faces.
    var eyes: (left: [Double], right: [Double]) = ([], [])
  }

  private let limits: FrameLimits
  private let state = Mutex(State())

  /// Bytes of frames that are kept: two of 4K, six of 1080p.
  private static let mostBytes = 26_000_000
  private static let mostFrames = 6
  /// Seconds within which one frame stands for its neighbours: half of what lies between two previews.
  private static let spacing = 0.25
  /// Faces after which a person's open eyes are known well enough.
  fileprivate static let mostEyes = 100

  /// - Parameter limits: by which faces are compared; see `PreviewPicker`.
  init(by limits: FrameLimits) {
    self.limits = limits
  }

  /// The frame at a place, if it was kept.
  subscript(place: FramePosition) -> Candidate? {
    state.withLock { $0.kept.first { $0.place == place } }
  }

  /// Lets all frames go.
  func removeAll() { state.withLock { $0.kept = [] } }

  /// Keeps a frame if it is better than those before it.
  ///
  /// - Parameter measured: what was measured on it.
  func take(_ frame: borrowing VideoFrame, _ measured: FrameMeasurement) {
    // A frame without a face is no preview.
    guard !frame.isDamaged, let face = measured.face else { return }
    let bytes = frame.width * frame.height * 3 / 2 * ((frame.layout.bitDepth + 7) / 8)
    let most = min(Self.mostFrames, Self.mostBytes / max(bytes, 1))
    state.withLock { state in
      let score = state.score(face, limits)
      let near = state.kept.filter { abs($0.time - measured.time) < Self.spacing }
      guard near.allSatisfy({ $0.score < score }) else { return }
      state.kept.removeAll { candidate in near.contains { $0 === candidate } }
      if state.kept.count >= most {
        guard
          let worst = state.kept.indices.min(by: { state.kept[$0].score < state.kept[$1].score }),
          state.kept[worst].score < score
        else { return }
        state.kept.remove(at: worst)
      }
      guard most > 0, let shared = frame.shared() else { return }
      state.kept.append(
        Candidate(shared, FramePosition(frame), time: measured.time, score: score))
    }
  }
}

extension PreviewCandidates.State {
  /// How good a face seems by what is known of the person's eyes so far.
  fileprivate mutating func score(_ measured: FaceMeasurement, _ limits: FrameLimits) -> Double {
    var face = measured
    if eyes.left.count < PreviewCandidates.mostEyes {
      eyes.left.append(face.leftEyeOpen)
      eyes.right.append(face.rightEyeOpen)
    }
    face.leftEyeOpen = EyeBaseline.relative(
      face.leftEyeOpen, to: EyeBaseline.baseline(eyes.left))
    face.rightEyeOpen = EyeBaseline.relative(
      face.rightEyeOpen, to: EyeBaseline.baseline(eyes.right))
    return FaceScore(face, limits).value
  }
}
