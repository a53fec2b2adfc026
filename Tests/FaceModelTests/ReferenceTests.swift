import Foundation
import Testing

@testable import FaceModel

/// The networks against what LiteRT computes for the same input.
///
/// `make_references.py` wrote the references; other processors round differently, hence a tolerance.
@Suite(.enabled(if: Models.available, "the models are fetched by make setup"))
struct ReferenceTests {
  /// The part of the drawing that a network is shown.
  static func input(of file: FaceModelFile) -> [Float] {
    let face = DrawnFace()
    return switch file {
    case .shortRangeDetector: face.tensor(size: 128, left: 0, top: 0, side: 1024, signed: true)
    case .fullRangeDetector: face.tensor(size: 192, left: 0, top: 0, side: 1024, signed: true)
    case .faceLandmarks: face.tensor(size: 192, left: 62, top: 70, side: 900, signed: false)
    case .irisLandmarks: face.tensor(size: 64, left: 293, top: 379, side: 230, signed: false)
    case .palmDetector: face.tensor(size: 192, left: 0, top: 0, side: 1024, signed: false)
    case .handLandmarks: face.tensor(size: 224, left: 262, top: 262, side: 500, signed: false)
    }
  }

  @Test(arguments: FaceModelFile.allCases)
  func outputsAgreeWithLiteRT(_ file: FaceModelFile) throws {
    var network = try Models.store.network(file)
    let outputs = try network.outputs(of: Self.input(of: file))
    #expect(outputs.count == (file == .handLandmarks ? 4 : 2))
    for (index, output) in outputs.enumerated() {
      let reference = try Self.reference(file, index)
      let step = (output.count + 1499) / 1500
      #expect(reference.count == (output.count + step - 1) / step)
      for (position, expected) in reference.enumerated() {
        let found = output[position * step]
        #expect(
          abs(found - expected) <= 1e-3 * max(1, abs(expected)), "output \(index) at \(position)")
      }
    }
  }

  @Test(arguments: FaceModelFile.allCases)
  func runningAgainGivesTheSame(_ file: FaceModelFile) throws {
    // Activations share memory with the input: nothing of a run may leak into the next.
    var network = try Models.store.network(file)
    let input = Self.input(of: file)
    let first = try network.outputs(of: input)
    let other = try network.outputs(of: [Float](repeating: 0, count: input.count))
    let again = try network.outputs(of: input)
    #expect(first == again)
    #expect(first != other)
  }

  private static func reference(_ file: FaceModelFile, _ index: Int) throws -> [Float] {
    let name = file.fileName.replacingOccurrences(of: ".tflite", with: ".\(index).f32")
    let data = try Data(contentsOf: Models.references.appendingPathComponent(name))
    return stride(from: 0, to: data.count - 3, by: 4).map { start in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[start + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: bits)
    }
  }
}
