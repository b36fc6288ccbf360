using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.secure_file_operations_enabled. Call; answers a boolean.</summary>
public sealed record SecureFileOperationsEnabled(VersionedObject? Volume = null) : IRpcCall<SecureFileOperationsEnabled>
{
    public static RpcName Name => new("secure_file_operations_enabled", new(3, 0));

    public static JsonTypeInfo<SecureFileOperationsEnabled> Wire => CinderJson.Default.SecureFileOperationsEnabled;
}
