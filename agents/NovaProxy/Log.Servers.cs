using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What the child-facing half says: ids 4000 to 4899.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Error, "Child {Child} is away: {Reason}")]
    public static partial void ChildAway(ILogger log, string child, string reason);

    [LoggerMessage(4001, LogLevel.Information, "Child {Child} is back")]
    public static partial void ChildBack(ILogger log, string child);

    [LoggerMessage(4002, LogLevel.Warning, "The queues could not be {Verb}, trying again: {Reason}")]
    public static partial void GateStuck(ILogger log, Exception fault, string verb, string reason);

    [LoggerMessage(4010, LogLevel.Information, "Child flavor {Flavor} made: {Vcpus} vcpus, {Ram} MB, {Disk} GB")]
    public static partial void FlavorMade(ILogger log, string flavor, int vcpus, int ram, int disk);

    [LoggerMessage(4011, LogLevel.Information, "Our user holds too many keypairs in the child; {Count} that no build uses now were removed")]
    public static partial void KeypairsSwept(ILogger log, int count);

    [LoggerMessage(4020, LogLevel.Information, "Image {Image} is copied to the child as {ChildImage}, {Bytes} bytes")]
    public static partial void ImageCopying(ILogger log, string image, string childImage, long? bytes);

    [LoggerMessage(4021, LogLevel.Information, "Image {Image} is in the child as {ChildImage}")]
    public static partial void ImageCopied(ILogger log, string image, string childImage);

    [LoggerMessage(4022, LogLevel.Warning, "Image {ChildImage} in the child is a leftover in state {State} of an earlier copy of {Image}: removed and copied anew")]
    public static partial void ImageLeftover(ILogger log, string image, string childImage, string state);

    [LoggerMessage(4023, LogLevel.Warning, "Image {ChildImage} in the child has the id of {Image} but was not copied by us and is not the same record: it is not used")]
    public static partial void ImageForeign(ILogger log, string image, string childImage);
}
