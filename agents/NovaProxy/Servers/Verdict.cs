using Cascade.Contracts.Nova.States;

namespace Cascade.NovaProxy.Servers;

/// <summary>What the parent should believe after a look at the child.</summary>
internal abstract record Verdict
{
    /// <summary>Nothing that it does not believe already, or nothing that may be said now.</summary>
    public sealed record Nothing : Verdict
    {
        public static Nothing Instance { get; } = new();
    }

    /// <summary>The build is done.</summary>
    public sealed record Built(PowerState Power, bool ConfigDrive) : Verdict;

    /// <summary>The build failed; the child's words.</summary>
    public sealed record BuildFailed(string Reason) : Verdict;

    /// <summary>The guest runs, and its ports were not plugged in the parent.</summary>
    public sealed record NotPlugged : Verdict
    {
        public static NotPlugged Instance { get; } = new();
    }

    /// <summary>The operation that is under way has ended as it was asked for.</summary>
    public sealed record Done : Verdict
    {
        public static Done Instance { get; } = new();
    }

    /// <summary>An order that the child took and did not carry out.</summary>
    /// <param name="VmState">What the instance becomes; null where native leaves it as it is.</param>
    public sealed record OrderFailed(string Reason, PowerState Power, string? VmState) : Verdict;

    /// <summary>It is gone, as the parent wants it.</summary>
    public sealed record Deleted : Verdict
    {
        public static Deleted Instance { get; } = new();
    }

    /// <summary>It should go and does not: ask again.</summary>
    public sealed record DeleteAgain : Verdict
    {
        public static DeleteAgain Instance { get; } = new();
    }

    public sealed record DeleteFailed(string Reason) : Verdict;

    /// <summary>Its power changed without the parent.</summary>
    public sealed record PowerChanged(PowerState Power, bool Stop) : Verdict;

    /// <summary>It fell into error in the child, with nothing under way.</summary>
    public sealed record Errored(string Reason, PowerState Power) : Verdict;

    /// <summary>The error that was told is over.</summary>
    /// <param name="VmState">What the instance is again; null when it is in no error any more in the parent, too.</param>
    public sealed record Recovered(string? VmState, PowerState Power) : Verdict;

    /// <summary>It is gone and should not be.</summary>
    public sealed record Vanished : Verdict
    {
        public static Vanished Instance { get; } = new();
    }
}
