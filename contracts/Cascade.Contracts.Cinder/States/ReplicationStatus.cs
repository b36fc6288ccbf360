namespace Cascade.Contracts.Cinder.States;

/// <summary>
/// cinder/objects/fields.py: ReplicationStatus, of services, groups and volumes.replication_status. The list is closed: with any other word in a row,
/// every listing that loads the row answers 500.
/// </summary>
public static class ReplicationStatus
{
    public const string Disabled = "disabled";
    public const string Disabling = "disabling";
    public const string Enabled = "enabled";
    public const string Enabling = "enabling";
    public const string Error = "error";
    public const string FailedOver = "failed-over";
    public const string FailingOver = "failing-over";
    public const string FailoverError = "failover-error";
    public const string NotCapable = "not-capable";

    /// <summary>Every word of the list.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Disabled, Disabling, Enabled, Enabling, Error, FailedOver, FailingOver, FailoverError, NotCapable,
    ];
}
