/// A verified network: every operator with its attributes and the shapes of everything it reads and
/// writes.
///
/// XNNPACK does not check its arguments: a bias that is too short, or a shape that does not follow
/// from its operator, makes it read and write outside its buffers. So every shape is computed and
/// compared here before XNNPACK sees it. A plan can be made from any file without risk; it either
/// succeeds or throws `ModelError`.
///
/// Supported is what the face models use: one picture in, floats throughout, and the operators of
/// `Layer`. Constants may be in half precision or sparse.
package struct NetworkPlan: Sendable {
  /// Index into `values`.
  typealias ValueID = Int

  /// A tensor as XNNPACK is to see it.
  struct Value: Sendable {
    let shape: TensorShape
    var role: Role
  }

  enum Role: Sendable {
    /// The picture.
    case input
    /// Weights: the file's tensor that holds them, and its shape there.
    case constant(tensor: Int, fileShape: TensorShape)
    /// Computed by one layer, read by others.
    case activation
    /// Part of an output: `offset` elements into output `index`.
    case output(index: Int, offset: Int)
    /// Never computed: two layers were merged into one.
    case fused
  }

  /// Kernel size, steps and explicit zero padding of a sliding window.
  struct Window: Equatable, Sendable {
    let kernelHeight: Int
    let kernelWidth: Int
    let strideHeight: Int
    let strideWidth: Int
    let top: Int
    let left: Int
    let bottom: Int
    let right: Int
  }

  /// One operator, verified.
  enum Layer: Sendable {
    case convolution(
      input: ValueID, filter: ValueID, bias: ValueID, output: ValueID, Window,
      inputChannels: Int, outputChannels: Int, clamp: ClosedRange<Float>)
    case depthwiseConvolution(
      input: ValueID, filter: ValueID, bias: ValueID, output: ValueID, Window,
      channels: Int, clamp: ClosedRange<Float>)
    case maxPooling(input: ValueID, output: ValueID, Window, clamp: ClosedRange<Float>)
    case addition(ValueID, ValueID, output: ValueID, clamp: ClosedRange<Float>)
    case clamp(input: ValueID, output: ValueID, ClosedRange<Float>)
    case sigmoid(input: ValueID, output: ValueID)
    /// The mean over all pixels, channel by channel.
    case globalAveragePooling(input: ValueID, output: ValueID)
    case prelu(input: ValueID, slope: ValueID, output: ValueID)
    case padding(input: ValueID, output: ValueID, before: [Int], after: [Int])
    case resizeBilinear(input: ValueID, output: ValueID, height: Int, width: Int)
    case depthToSpace(input: ValueID, output: ValueID, block: Int)
  }

  /// The file, which holds the constants.
  let file: TFLiteFile
  var values: [Value]
  /// In an order in which each layer reads only what earlier ones wrote.
  var layers: [Layer]
  /// The picture: `[1, height, width, 3]`.
  let input: ValueID
  /// Shapes of the outputs, in the file's order; then those of the tensors that are kept.
  package let outputShapes: [TensorShape]

  /// The picture's shape, `[1, height, width, 3]`.
  package var inputShape: TensorShape { values[input].shape }

  /// The model's name, for errors.
  package var name: String { file.name }

  /// Verifies a model file.
  ///
  /// - Parameter kept: tensors inside the network that are read after a run as further outputs, as
  ///   indices into the file's tensors.
  /// - Throws: `ModelError` of kind `unsupported` or `invalidGraph`, naming the operator.
  package init(_ file: TFLiteFile, keeping kept: [Int] = []) throws(ModelError) {
    var builder = try NetworkPlanBuilder(file)
    for index in file.operators.indices {
      try builder.addOperator(index)
    }
    outputShapes = try builder.placeOutputs() + builder.keep(kept)
    try builder.checkAllRead()
    self.file = file
    values = builder.values
    layers = builder.layers
    input = builder.input
    fuse()
  }
}
