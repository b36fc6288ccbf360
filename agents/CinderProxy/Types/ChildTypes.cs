namespace Cascade.CinderProxy.Types;

/// <summary>Which volume type of the child stands for one of the parent (pure).</summary>
internal static class ChildTypes
{
    /// <summary>Extra spec of a parent's volume type. It has a scope, so the schedulers do not match it (cinder/scheduler/filters/capabilities_filter.py).</summary>
    public const string Spec = "cascade:child_type";

    /// <returns>Name or id in the child; null leaves it to the child.</returns>
    /// <param name="specs">Of the parent's type; null for a volume without one.</param>
    public static string? Of(IReadOnlyDictionary<string, string?>? specs, string? standard) =>
        specs?.GetValueOrDefault(Spec) is { Length: > 0 } named ? named : standard;
}
