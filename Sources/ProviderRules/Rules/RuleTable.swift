/// The tables of the providers.
package enum RuleTable {
  /// Every rule of `provider`, in the order of its documentation.
  package static func rules(for provider: Provider) -> [Rule] {
    switch provider {
    case .megvii: MegviiRules.all
    case .tencent: TencentRules.all
    }
  }

  /// Those of `rules` by which frames are ranked: the ones that look at the best frames.
  static func quality(_ rules: [Rule]) -> [Rule] {
    rules.filter { $0.aggregation == .bestFrames }
  }
}
