namespace Cascade.Support;

/// <summary>What tests prepare, and what other hands do in the cloud behind the back of whoever is tested.</summary>
public sealed partial class FakeCinder
{
    /// <summary>A volume that is there, made by a tenant.</summary>
    public FakeVolume Make(string projectId, int size = 1, string? type = null, Action<FakeVolume>? edit = null) => cloud.Locked(() =>
    {
        var volume = Add(projectId, size, type, edit);
        volume.Status = "available";
        if (volume.ProviderId is { } childId && CascadesTo is { } child)
        {
            child.Cinder.Change(childId, one => one.Status = "available");
        }

        return volume.Copy();
    });

    /// <summary>A snapshot that is there.</summary>
    public FakeSnapshot MakeSnapshot(string volumeId, Action<FakeSnapshot>? edit = null) => cloud.Locked(() =>
    {
        var snapshot = AddSnapshot(volumes[volumeId], volumes[volumeId].ProjectId, one => one.Status = "available");
        edit?.Invoke(snapshot);
        return snapshot.Copy();
    });

    /// <summary>Sets anything by hand, as an operator or a backend would; what is left <c>creating</c> or <c>deleting</c> goes on from there.</summary>
    public void Change(string id, Action<FakeVolume> change) => cloud.Locked(() =>
    {
        var volume = volumes[id];
        change(volume);
        Save(volume);
        Resume(volume);
    });

    /// <summary>Sets anything of a snapshot by hand.</summary>
    public void ChangeSnapshot(string id, Action<FakeSnapshot> change) => cloud.Locked(() =>
    {
        change(snapshots[id]);
        snapshots[id].Updated = Second();
    });

    /// <summary>A server writes on it.</summary>
    public void Write(string id, string content) => cloud.Locked(() => volumes[id].Content = content);

    /// <summary>Gone without a trace: an operator deleted it here, with its snapshots.</summary>
    public void Vanish(string id) => cloud.Locked(() =>
    {
        if (volumes.TryGetValue(id, out var volume))
        {
            snapshotsOf[id].ToList().ForEach(Forget);
            Forget(volume);
        }
    });

    /// <summary>Gone without a trace.</summary>
    public void VanishSnapshot(string id) => cloud.Locked(() =>
    {
        if (snapshots.TryGetValue(id, out var snapshot))
        {
            Forget(snapshot);
        }
    });

    /// <summary>Sets anything of a backup by hand.</summary>
    public void ChangeBackup(string id, Action<FakeBackup> change) => cloud.Locked(() =>
    {
        change(backups[id]);
        backups[id].Updated = Second();
    });

    /// <summary>Gone without a trace.</summary>
    public void VanishBackup(string id) => cloud.Locked(() => backups.Remove(id));

    /// <summary>What nova-api asks before it casts: the volume is reserved for the instance.</summary>
    public string Reserve(string volumeId, string instance) => cloud.Locked(() => ReserveFor(volumes[volumeId], instance).Id);

    /// <summary>What nova-api asks before it casts a detach (cinder/volume/api.py: begin_detaching).</summary>
    public void BeginDetaching(string volumeId) => cloud.Locked(() =>
    {
        var volume = volumes[volumeId];
        if (volume.Status is not "in-use" || volume.MigrationStatus is not null)
        {
            throw new FakeRefusal(
                400, "Invalid volume: Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' to detach.");
        }

        SetStatus(volume, "detaching");
    });

    /// <summary>An operator of the cloud takes it from its server.</summary>
    /// <param name="server">Null for all that have it.</param>
    public void DetachByHand(string volumeId, string? server = null) => cloud.Locked(() =>
    {
        foreach (var attachment in attachmentsOf[volumeId].Where(one => server is null || one.Instance == server).ToList())
        {
            Disconnect(attachment.Id);
        }
    });
}
