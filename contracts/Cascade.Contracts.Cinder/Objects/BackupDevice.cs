using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/backup.py: BackupDeviceInfo, what a backup is read from: exactly one of the two is set, a null counts as set.</summary>
public static class BackupDevice
{
    public static VersionedObject OfVolume(VersionedObject volume) => Of("volume", volume);

    public static VersionedObject OfSnapshot(VersionedObject snapshot) => Of("snapshot", snapshot);

    static VersionedObject Of(string field, VersionedObject device) =>
        CinderObjects.New(CinderObjects.BackupDeviceInfo, new() { [field] = CinderObjects.WithoutChanges(device).ToJson(), ["secure_enabled"] = false });
}
