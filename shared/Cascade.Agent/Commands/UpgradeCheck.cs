namespace Cascade.Agent;

/// <summary>oslo_upgradecheck/upgradecheck.py Code: the exit code of <c>upgrade check</c> is the worst of all.</summary>
public enum UpgradeCheckCode
{
    Success = 0,
    Warning = 1,
    Failure = 2,
}

/// <summary>The answer of one check; the detail says what to do.</summary>
public sealed record UpgradeCheckResult(UpgradeCheckCode Code, string? Details = null);

/// <summary>One question of <c>upgrade check</c>.</summary>
public sealed record UpgradeCheck(string Name, Func<IServiceProvider, CancellationToken, Task<UpgradeCheckResult>> Run);
