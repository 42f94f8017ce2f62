"""A small made-up P&ID in the real format of DEXPI 1.3: a tank, a pump, an exchanger, and what joins them."""

from __future__ import annotations

__all__ = ["SHEET"]

SHEET = """<?xml version="1.0" encoding="utf-8"?>
<PlantModel xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <ShapeCatalogue>
  <Equipment ID="Template-1" ComponentClass="Tank"><Nozzle ID="Template-N1"/></Equipment>
 </ShapeCatalogue>
 <Equipment ID="Tank-1" ComponentClass="Tank">
  <GenericAttributes Set="DexpiAttributes">
   <GenericAttribute Name="TagNameAssignmentClass" Value="T100"/>
   <GenericAttribute Name="CylinderLength" Value="5" Units="Metre"/>
   <GenericAttribute Name="NominalCapacity(Volume)" Value="98"/>
  </GenericAttributes>
  <Nozzle ID="N-1"><GenericAttributes><GenericAttribute Name="SubTagNameAssignmentClass" Value="N1"/>
   </GenericAttributes></Nozzle>
  <Nozzle ID="N-2"/>
  <Equipment ID="Chamber-1" ComponentClass="Chamber">
   <GenericAttributes><GenericAttribute Name="NominalDiameter" Value="5000"
   Units="Millimetre"/></GenericAttributes>
  </Equipment>
 </Equipment>
 <Equipment ID="Pump-1" ComponentClass="CentrifugalPump">
  <GenericAttributes><GenericAttribute Name="TagNameAssignmentClass" Value="P100"/></GenericAttributes>
  <Nozzle ID="N-3"/><Nozzle ID="N-4"/>
 </Equipment>
 <Equipment ID="Hex-1" ComponentClass="TubularHeatExchanger">
  <GenericAttributes><GenericAttribute Name="TagNameAssignmentClass" Value="E100"/></GenericAttributes>
  <Nozzle ID="N-5"/><Nozzle ID="N-6"/>
 </Equipment>
 <PipingNetworkSystem ID="Line-1">
  <GenericAttributes><GenericAttribute Name="LineNumberAssignmentClass" Value="1001"/>
   <GenericAttribute Name="NominalDiameterRepresentationAssignmentClass" Value="DN 100"/>
   <GenericAttribute Name="InsulationThickness" Value="50"/></GenericAttributes>
  <PipingNetworkSegment ID="Segment-1">
   <PipingComponent ID="Valve-1" ComponentClass="BallValve"/>
   <PipingComponent ID="Tee-1" ComponentClass="PipeTee"/>
   <Connection FromID="N-2" FromNode="1" ToID="N-3" ToNode="1"/>
  </PipingNetworkSegment>
 </PipingNetworkSystem>
 <PipingNetworkSystem ID="Line-2">
  <GenericAttributes><GenericAttribute Name="LineNumberAssignmentClass" Value="1002"/></GenericAttributes>
  <PipingNetworkSegment ID="Segment-2">
   <PipingComponent ID="Check-1" ComponentClass="SwingCheckValve"/>
   <Connection FromID="N-4" ToID="N-5"/>
  </PipingNetworkSegment>
 </PipingNetworkSystem>
 <PipingNetworkSystem ID="Line-3">
  <PipingNetworkSegment ID="Segment-3"><Connection FromID="Tee-1" ToID="N-6"/></PipingNetworkSegment>
 </PipingNetworkSystem>
 <PipingNetworkSystem ID="Line-4">
  <PipingNetworkSegment ID="Segment-4"><Connection ToID="N-1"/></PipingNetworkSegment>
 </PipingNetworkSystem>
</PlantModel>
"""
"""One sheet; the shape catalogue holds a template that is no plant."""
