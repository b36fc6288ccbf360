namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// What an administrator writes over the state of a volume, one at least (cinder/api/contrib/admin_actions.py: VolumeAdminController._reset_status).
/// </summary>
public sealed record VolumeStatusReset
{
    /// <summary>Any of the volume's words but <c>deleting</c>; <c>in-use</c> only with attachments.</summary>
    public string? Status { get; init; }

    /// <summary><c>attached</c>, or <c>detached</c>, which forgets all attachments.</summary>
    public string? AttachStatus { get; init; }

    /// <summary><c>none</c> takes it away.</summary>
    public string? MigrationStatus { get; init; }
}
