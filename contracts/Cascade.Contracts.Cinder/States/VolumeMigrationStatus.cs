namespace Cascade.Contracts.Cinder.States;

/// <summary>
/// cinder/objects/fields.py: VolumeMigrationStatus, of volumes.migration_status, whose column is free text: the destination of a migration has
/// <c>target:&lt;id&gt;</c>.
/// </summary>
public static class VolumeMigrationStatus
{
    public const string Completing = "completing";
    public const string Error = "error";
    public const string Migrating = "migrating";
    public const string None = "none";
    public const string Starting = "starting";
    public const string Success = "success";

    /// <summary>Every word of the list.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Completing, Error, Migrating, None, Starting, Success,
    ];
}
