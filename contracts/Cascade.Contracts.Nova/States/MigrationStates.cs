namespace Cascade.Contracts.Nova.States;

/// <summary>Statuses of a migration record (nova sets them as plain texts: compute/manager.py, compute/resource_tracker.py, compute/api.py).</summary>
public static class MigrationStates
{
    public const string Completed = "completed";
    public const string Confirmed = "confirmed";
    public const string Confirming = "confirming";
    public const string Done = "done";
    public const string Error = "error";
    public const string Failed = "failed";
    public const string Finished = "finished";
    public const string Migrating = "migrating";
    public const string PostMigrating = "post-migrating";
    public const string PreMigrating = "pre-migrating";
    public const string Reverted = "reverted";
    public const string Reverting = "reverting";
}
