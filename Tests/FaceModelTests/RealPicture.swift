import Foundation

@testable import FaceModel

/// Pictures of a real file, decoded by the ffmpeg program.
///
/// The files are fetched by `make setup` and never part of the repository.
struct RealPicture: Sendable {
  let width: Int
  let height: Int
  /// RGB, 8 bits, row-major.
  let pixels: [UInt8]
  /// Shows the picture mirrored or turned: from the picture as seen to the pixels.
  var pixelsFromPicture = AffineTransform2D.identity

  static func path(_ name: String) -> String {
    Models.packageRoot.appendingPathComponent("TestVideos/media/\(name)").path
  }

  /// Whether the models, the file and the program are there.
  static func isAvailable(_ name: String) -> Bool {
    Models.available && FileManager.default.fileExists(atPath: path(name))
      && FileManager.default.fileExists(atPath: "/usr/bin/ffmpeg")
  }

  /// Decodes pictures, scaled to a size.
  ///
  /// - Parameter step: every how manieth picture.
  static func load(
    _ name: String, width: Int, height: Int, step: Int = 1
  ) throws -> [RealPicture] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
    process.arguments = [
      "-v", "error", "-nostdin", "-i", path(name), "-vf",
      "select=not(mod(n\\,\(step))),scale=\(width):\(height):flags=area", "-fps_mode",
      "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "-",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    let size = width * height * 3
    return (0..<(bytes.count / size)).map { index in
      RealPicture(
        width: width, height: height, pixels: Array(bytes[(index * size)..<((index + 1) * size)]))
    }
  }

  /// The picture seen in a mirror.
  var mirrored: RealPicture {
    var picture = self
    picture.pixelsFromPicture = AffineTransform2D.scaling(-1, 1)
      .then(.translation(Double(width), 0)).then(pixelsFromPicture)
    return picture
  }

  /// The picture turned clockwise about its middle, by degrees.
  func turned(by degrees: Double) -> RealPicture {
    var picture = self
    let (x, y) = (Double(width) / 2, Double(height) / 2)
    picture.pixelsFromPicture = AffineTransform2D.translation(-x, -y)
      .then(.rotation(-degrees * .pi / 180)).then(.translation(x, y)).then(pixelsFromPicture)
    return picture
  }

  /// Fills a tensor with the nearest pixels, black outside the picture.
  func fill(
    _ transform: TensorTransform, _ range: ClosedRange<Float>, _ span: inout MutableSpan<Float>
  ) {
    let map = transform.pictureFromTensor.then(pixelsFromPicture)
    let (low, extent) = (range.lowerBound, (range.upperBound - range.lowerBound) / 255)
    var index = 0
    for v in 0..<transform.height {
      let y = Double(v) + 0.5
      for u in 0..<transform.width {
        let x = Double(u) + 0.5
        let column = map.a * x + map.c * y + map.tx
        let row = map.b * x + map.d * y + map.ty
        let isInside = column >= 0 && row >= 0 && column < Double(width) && row < Double(height)
        let place = isInside ? (Int(row) * width + Int(column)) * 3 : 0
        for channel in 0..<3 {
          span[index + channel] =
            isInside ? low + extent * Float(pixels[place + channel]) : low
        }
        index += 3
      }
    }
  }

  // MARK: As the pipeline looks at it

  func detections(_ range: FaceDetector.Range) throws -> [FaceDetection] {
    var detector = try FaceDetector(range, from: Models.store)
    let transform = detector.letterbox(pictureWidth: width, pictureHeight: height)
    return try detector.detect { span in fill(transform, FaceDetector.inputRange, &span) }
      .map { $0.mapped(by: transform) }
  }

  func landmarks(_ landmarker: inout FaceLandmarker) throws -> FaceLandmarks? {
    guard let detection = try detections(.short).first else { return nil }
    return try landmarker.refinedLandmarks(in: RegionOfInterest(detection)) { transform, span in
      fill(transform, FaceLandmarker.inputRange, &span)
    }
  }

  func measures() throws -> FaceGeometry? {
    var landmarker = try FaceLandmarker(from: Models.store)
    return try landmarks(&landmarker).map {
      FaceGeometry($0, pictureWidth: width, pictureHeight: height)
    }
  }
}
