import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { connect, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

// Only what our charts draw: the whole library is three times as large.
use([BarChart, HeatmapChart, LineChart, ScatterChart, CanvasRenderer])
use([DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent])

export { connect }
export { default } from 'vue-echarts'
