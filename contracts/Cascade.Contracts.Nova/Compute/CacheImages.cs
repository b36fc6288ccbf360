using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.cache_images. Long call; answers a word for each image.</summary>
public sealed record CacheImages(string[] ImageIds) : IRpcCall<CacheImages>
{
    public static RpcName Name => new("cache_images", new(6, 0));

    public static JsonTypeInfo<CacheImages> Wire => NovaJson.Default.CacheImages;
}
