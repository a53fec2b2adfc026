import Services
import VPrep

/// A telling frame: its picture, and what was found drawn over it.
struct FigureView {
  let image: String
  let width: Int
  let height: Int
  /// The class of its colour.
  let kind: String
  let time: String
  let label: String
  /// What it shows, for those who do not see it.
  let alt: String
  let reasons: [ReasonView]
  let face: FaceView?
  let others: [BoxView]

  /// What a frame shows.
  struct ReasonView {
    let kind: String
    let code: String
    let value: String
  }

  init(_ figure: Illustration.Figure) {
    (image, width, height) = (figure.image, figure.width, figure.height)
    let frame = figure.frame
    time = MeasureUnit.seconds.text(frame.t)
    let severities = frame.reasons.map(\.severity)
    kind = severities.contains(.fail) ? "fail" : severities.contains(.warn) ? "warn" : "pass"
    label =
      frame.isBest ? "Best frame" : frame.reasons.isEmpty ? "For comparison" : "Worst frame for"
    reasons = frame.reasons.map {
      ReasonView(
        kind: $0.severity.rawValue, code: $0.code,
        value: $0.value.isEmpty ? $0.measure : "\($0.measure) \($0.value)")
    }
    let codes = frame.reasons.map(\.code).joined(separator: ", ")
    let faces = (figure.face == nil ? 0 : 1) + figure.others.count
    alt =
      "Frame at \(time)"
      + (faces == 0
        ? ", no face found" : faces == 1 ? ", one face marked" : ", \(faces) faces marked")
      + (codes.isEmpty ? "" : ", worst for \(codes)")
    face = figure.face.map {
      FaceView($0, lower: figure.lowerFaceOcclusion, eyes: figure.eyeOcclusion)
    }
    others = figure.others.map(BoxView.init)
  }
}

/// A box.
struct BoxView {
  let x: Double
  let y: Double
  let width: Double
  let height: Double

  init(_ box: FaceOutline.Box) { (x, y, width, height) = (box.x, box.y, box.width, box.height) }
}

/// A face as paths.
struct FaceView {
  let box: BoxView
  let points: String
  let border: String
  let features: [String]
  /// What is covered, where more than half of it is.
  let covers: [String]

  init(_ face: FaceOutline, lower: Double, eyes: Double) {
    box = BoxView(face.box)
    // A line of no length with round ends is a dot.
    points = face.points.map { "M\($0.text)h0" }.joined()
    border = face.border.path
    features = face.features.map(\.path)
    covers = (lower > 0.5 ? [face.lowerFace.path] : []) + (eyes > 0.5 ? features.prefix(2) : [])
  }
}

extension FaceOutline.Place {
  fileprivate var text: String { "\(x.formatted(decimals: 1)) \(y.formatted(decimals: 1))" }
}

extension [FaceOutline.Place] {
  /// A closed path.
  fileprivate var path: String {
    isEmpty ? "" : "M" + map(\.text).joined(separator: "L") + "Z"
  }
}
